import { items, type DataSet } from './dicomJson';

const frames = new WeakMap<DataSet, Map<number, DataSet>>();

/** The attributes in the items of a functional group's sequences, taken out of their macros. */
function flatten(group: DataSet | undefined): DataSet {
  return Object.assign(
    {},
    ...Object.keys(group ?? {}).flatMap((tag) => items(group ?? {}, tag).slice(0, 1)),
  ) as DataSet;
}

/** Returns an image's header with what the functional groups (PS3.3 C.7.6.16) say of a frame (from 1) in place. */
export function frameData(data: DataSet, frame: number): DataSet {
  if (data['52009229'] === undefined && data['52009230'] === undefined) return data;
  const known = frames.get(data) ?? new Map<number, DataSet>();
  frames.set(data, known);
  let found = known.get(frame);
  if (found === undefined) {
    const shared = items(data, '52009229')[0];
    const own = items(data, '52009230')[frame - 1];
    found = { ...data, ...flatten(shared), ...flatten(own) };
    known.set(frame, found);
  }
  return found;
}
