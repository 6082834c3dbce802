import { fetchBulk } from './bulkData';
import { numbers, type DataSet } from './dicomJson';

/** Descriptor and data of each colour's table (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6). */
const tables = [
  ['00281101', '00281201'],
  ['00281102', '00281202'],
  ['00281103', '00281203'],
] as const;

/** The entries of a table: 16 bits in little endian, or 8 where the descriptor says so and the length agrees. */
export function entriesOf(bytes: Uint8Array, descriptor: readonly number[]): number[] {
  const [count, , bits] = descriptor;
  if (bits === 8 && bytes.length < 2 * (count || 65536)) return [...bytes];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 1 }, (_, index) => view.getUint16(2 * index, true));
}

/** The header with its colour palettes as numbers, as Cornerstone wants them; itself where it has none. */
export async function withPalettes(data: DataSet): Promise<DataSet> {
  if (data['00281201'] === undefined) return data;
  const read = { ...data };
  for (const [descriptor, tag] of tables) {
    const bytes = data[tag] && (await fetchBulk(data[tag]));
    if (bytes !== undefined)
      read[tag] = { vr: 'OW', Value: entriesOf(new Uint8Array(bytes), numbers(data, descriptor)) };
  }
  return read;
}
