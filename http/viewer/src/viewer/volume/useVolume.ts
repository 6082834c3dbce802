import { cache } from '@cornerstonejs/core';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Series } from '../study/model';
import { describeVolume, type Refusal, type VolumeDescription } from './describeVolume';
import { loadVolume } from './loadVolume';
import { memoryLimit, memoryNeed, type MemoryNeed } from './memory';

/** How far a series is on its way to a volume. */
export type VolumeState =
  | { state: 'waiting' }
  | { state: 'loading'; done: number; resampling: boolean }
  | { state: 'ready'; id: string; volume: VolumeDescription; stride: number; phase: number }
  | { state: 'refused'; refusal: Refusal; millimetres: number | undefined }
  | { state: 'tooLarge'; need: MemoryNeed; canThin: boolean }
  | { state: 'failed'; reason: unknown };

interface Entry {
  series: Series;
  users: number;
  abort: AbortController;
  phase: number;
  stride: number;
}

const waiting: VolumeState = { state: 'waiting' };
const entries = new Map<string, Entry>();
/** How long a volume that nobody shows stays, so that another layout finds it (ms). */
const keep = 3000;

const useStates = create<{ states: Readonly<Record<string, VolumeState>> }>(() => ({ states: {} }));

function note(series: string, state: VolumeState): void {
  useStates.setState(({ states }) => ({ states: { ...states, [series]: state } }));
}

/** The state of a series' volume now. */
export function volumeState(series: string): VolumeState {
  return useStates.getState().states[series] ?? waiting;
}

/** Bytes of the volumes that are there, as `memoryNeed` counts them. */
function bytesInUse(): number {
  return Object.values(useStates.getState().states).reduce(
    (sum, state) => (state.state === 'ready' ? sum + memoryNeed(state.volume.dimensions, false, 1).bytes : sum),
    0,
  );
}

const isFractional = ({ modality }: Series) => modality === 'PT';

async function open(entry: Entry, volume: VolumeDescription): Promise<void> {
  const { series, phase, stride, abort } = entry;
  // Cornerstone looks for pixels of "derived" images in its cache alone, never at a server.
  const scheme = volume.resampling === null ? 'noctis-volume' : 'derived';
  const id = `${scheme}:${series.uid}/${volume.phases[phase]?.length ?? 0}/${phase}/${stride}`;
  const resampling = volume.resampling !== null;
  note(series.uid, { state: 'loading', done: 0, resampling });
  const onProgress = (done: number) => {
    if (!abort.signal.aborted) note(series.uid, { state: 'loading', done, resampling });
  };
  try {
    if (cache.getVolume(id) === undefined)
      await loadVolume(id, volume, { phase, stride, signal: abort.signal, onProgress });
    if (!abort.signal.aborted) note(series.uid, { state: 'ready', id, volume, stride, phase });
  } catch (reason) {
    if (!abort.signal.aborted) note(series.uid, { state: 'failed', reason });
  }
}

function begin(entry: Entry): void {
  const { series, stride } = entry;
  const description = describeVolume(series);
  if ('refusal' in description) {
    note(series.uid, { state: 'refused', refusal: description.refusal, millimetres: description.millimetres });
    return;
  }
  const { volume } = description;
  const planes = Math.ceil(volume.dimensions[2] / stride);
  const room = Math.max(1, memoryLimit() - bytesInUse());
  const need = memoryNeed([...volume.dimensions.slice(0, 2), planes], isFractional(series), room);
  if (need.stride > 1) note(series.uid, { state: 'tooLarge', need, canThin: volume.resampling === null });
  else void open(entry, volume);
}

function drop(state: VolumeState): void {
  if (state.state === 'ready' && cache.getVolume(state.id) !== undefined) cache.removeVolumeLoadObject(state.id);
}

function discard(uid: string): void {
  const entry = entries.get(uid);
  if (entry === undefined || entry.users > 0) return;
  entry.abort.abort();
  entries.delete(uid);
  drop(volumeState(uid));
  note(uid, waiting);
}

/** Begins anew with what `entry` says; what was there goes when nothing draws it any more. */
function replace(entry: Entry): void {
  const { uid } = entry.series;
  const before = volumeState(uid);
  entries.get(uid)?.abort.abort();
  entries.set(uid, entry);
  begin(entry);
  setTimeout(() => {
    const now = volumeState(uid);
    if (now.state !== 'ready' || before.state !== 'ready' || now.id !== before.id) drop(before);
  }, keep);
}

/** Begins to load a series' volume, or joins those who have it; the function returned lets it go. */
export function takeVolume(series: Series): () => void {
  let entry = entries.get(series.uid);
  if (entry === undefined || entry.series.instances !== series.instances) {
    entry = { series, users: entry?.users ?? 0, abort: new AbortController(), phase: 0, stride: 1 };
    replace(entry);
  }
  entry.users++;
  return () => {
    const held = entries.get(series.uid);
    if (held === undefined || --held.users > 0) return;
    setTimeout(() => discard(series.uid), keep);
  };
}

/** Loads a series' volume anew: another phase, every `stride`th plane, or again after a failure. */
export function reopenVolume(uid: string, change: { phase?: number; stride?: number } = {}): void {
  const entry = entries.get(uid);
  if (entry === undefined) return;
  replace({ ...entry, ...change, abort: new AbortController() });
}

/** The volume of a series for as long as the component is there. */
export function useVolume(series: Series | undefined): VolumeState {
  const uid = series?.uid ?? '';
  useEffect(() => (series?.isRead === true ? takeVolume(series) : undefined), [series]);
  return useStates(({ states }) => states[uid] ?? waiting);
}
