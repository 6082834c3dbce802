import { numbers, text, type DataSet } from '../study/dicomJson';

const colours = [
  { name: 'red', descriptor: '00281101', table: '00281201' },
  { name: 'green', descriptor: '00281102', table: '00281202' },
  { name: 'blue', descriptor: '00281103', table: '00281203' },
] as const;

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Reads a table's entries as the descriptor has it: 8 or 16 bits, little endian; 8 bits may stand in 16. */
function entries(bytes: Uint8Array, count: number, bits: number): number[] {
  const isWide = bits === 16 || bytes.length >= count * 2;
  const view = new DataView(bytes.buffer);
  return Array.from({ length: count }, (_, index) =>
    isWide ? view.getUint16(index * 2, true) : (bytes[index] ?? 0),
  ).map((value) => (bits === 16 ? value : value & 0xff));
}

/** Returns the tables of a palette image (PS3.3 C.7.6.3.1.5) as Cornerstone takes them, `undefined` for other images. */
export function palette(data: DataSet): Record<string, number[]> | undefined {
  if (text(data, '00280004') !== 'PALETTE COLOR') return undefined;
  const tables: Record<string, number[]> = {};
  for (const { name, descriptor, table } of colours) {
    const [count = 0, first = 0, bits = 16] = numbers(data, descriptor);
    const base64 = data[table]?.InlineBinary;
    if (base64 === undefined) return undefined;
    const length = count === 0 ? 65536 : count;
    tables[`${name}PaletteColorLookupTableDescriptor`] = [length, first, bits];
    tables[`${name}PaletteColorLookupTableData`] = entries(bytesOf(base64), length, bits);
  }
  return tables;
}
