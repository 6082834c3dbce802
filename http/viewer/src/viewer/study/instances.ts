import { useViewer } from '../state';
import type { Instance, Study } from './model';

const given = new WeakSet<readonly Instance[]>();
const byUid = new Map<string, Instance>();
const listeners: ((instance: Instance) => void)[] = [];

function note(studies: readonly Study[]): void {
  for (const { instances } of studies.flatMap(({ series }) => series)) {
    if (given.has(instances)) continue;
    given.add(instances);
    for (const instance of instances) {
      byUid.set(instance.uid, instance);
      for (const listen of listeners) listen(instance);
    }
  }
}

note(useViewer.getState().studies);
useViewer.subscribe(({ studies }) => note(studies));

/** The instance with this UID among those that were read. */
export function instanceByUid(uid: string): Instance | undefined {
  return byUid.get(uid);
}

/** Calls `listen` with every instance that was read or will be, as soon as it is in the state. */
export function onInstance(listen: (instance: Instance) => void): void {
  for (const instance of byUid.values()) listen(instance);
  listeners.push(listen);
}
