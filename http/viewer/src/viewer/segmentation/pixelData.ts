import dicomParser from 'dicom-parser';
import { fetchGuarded } from '@/api/client';
import type { Instance } from '../study/model';
import { Unshowable } from './readSegmentation';

const rle = '1.2.840.10008.1.2.5';
const native = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1']);

/** Unpacks a segment of an RLE frame (PS3.5 annex G.3). */
function unpackBits(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  for (let index = 0; index < packed.length && at < size;) {
    const head = packed[index++] ?? 128;
    if (head < 128) {
      out.set(packed.subarray(index, Math.min(index + head + 1, index + size - at)), at);
      at += head + 1;
      index += head + 1;
    } else if (head > 128) {
      out.fill(packed[index++] ?? 0, at, at + 257 - head);
      at += 257 - head;
    }
  }
  return out;
}

/** Unpacks frames of one byte a pixel. */
export function unpackRle(frames: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(frames.length * size);
  frames.forEach((frame, index) => {
    const header = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    if (header.getUint32(0, true) !== 1) throw new Unshowable('pixels');
    all.set(unpackBits(frame.subarray(header.getUint32(4, true)), size), index * size);
  });
  return all;
}

/** Fetches the Pixel Data of a segmentation as native bytes. Throws `Problem`, or `Unshowable` where it is compressed. */
export async function fetchPixelData(instance: Instance, signal?: AbortSignal): Promise<Uint8Array> {
  const init = signal === undefined ? {} : { signal };
  const response = await fetchGuarded(`/dicom/api/images/${instance.uid}/file/`, init);
  const data = dicomParser.parseDicom(new Uint8Array(await response.arrayBuffer()));
  const syntax = data.string('x00020010') ?? '';
  const element = data.elements['x7fe00010'];
  if (element === undefined) throw new Unshowable('pixels');
  if (native.has(syntax)) return data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const isBytes = data.uint16('x00280100') === 8;
  if (syntax !== rle || !isBytes) throw new Unshowable('pixels');
  const size = (data.uint16('x00280010') ?? 0) * (data.uint16('x00280011') ?? 0);
  const frames = Array.from({ length: instance.frames }, (_, frame) =>
    dicomParser.readEncapsulatedPixelDataFromFragments(data, element, frame),
  );
  return unpackRle(frames, size);
}
