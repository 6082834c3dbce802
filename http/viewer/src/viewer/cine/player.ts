import { Enums } from '@cornerstonejs/core';
import { create } from 'zustand';
import { stackOf, viewportOf } from '../cornerstone/engine';
import { frameAt } from './cineRate';

/** How a pane's stack is played. */
export interface Cine {
  isPlaying: boolean;
  /** Images per second that are asked for. */
  rate: number;
  bounces: boolean;
  /** Images per second that were drawn in the last second. */
  shown: number;
}

export const useCine = create<{ panes: Readonly<Record<string, Cine>> }>(() => ({ panes: {} }));

interface Run {
  start: number;
  began: number;
  frame: number;
  drawn: number;
  counted: number;
  stop: () => void;
}

const runs = new Map<string, Run>();

export function setCine(pane: string, change: Partial<Cine>): void {
  useCine.setState(({ panes }) => {
    const before = panes[pane] ?? { isPlaying: false, rate: 10, bounces: false, shown: 0 };
    return { panes: { ...panes, [pane]: { ...before, ...change } } };
  });
}

/** Counts what was drawn; tells once a second. */
function count(pane: string, run: Run, now: number): void {
  if (now - run.counted < 1000) return;
  setCine(pane, { shown: Math.round((run.drawn * 10_000) / (now - run.counted)) / 10 });
  run.drawn = 0;
  run.counted = now;
}

function tick(pane: string, now: number): void {
  const run = runs.get(pane);
  const viewport = stackOf(pane);
  const cine = useCine.getState().panes[pane];
  if (run === undefined || cine === undefined) return;
  if (viewport === undefined) {
    stopCine(pane);
    return;
  }
  const images = viewport.getImageIds().length;
  const due = frameAt(now - run.began, cine.rate, run.start, images, cine.bounces);
  // An image that is still on its way is waited for, so that none is shown out of time with its number.
  const isIdle = viewport.getCornerstoneImage().imageId === viewport.getCurrentImageId();
  if (isIdle && due !== viewport.getCurrentImageIdIndex()) void viewport.setImageIdIndex(due);
  count(pane, run, now);
  run.frame = requestAnimationFrame((next) => tick(pane, next));
}

/** Plays a pane's stack from where it is. */
export function playCine(pane: string): void {
  const viewport = stackOf(pane);
  if (viewport === undefined || viewport.getImageIds().length < 2 || runs.has(pane)) return;
  const now = performance.now();
  const element = viewport.element;
  const run: Run = {
    start: viewport.getCurrentImageIdIndex(),
    began: now,
    frame: 0,
    drawn: 0,
    counted: now,
    stop: () => element.removeEventListener(Enums.Events.STACK_NEW_IMAGE, drawn),
  };
  function drawn(): void {
    run.drawn++;
  }
  element.addEventListener(Enums.Events.STACK_NEW_IMAGE, drawn);
  runs.set(pane, run);
  setCine(pane, { isPlaying: true, shown: 0 });
  run.frame = requestAnimationFrame((next) => tick(pane, next));
}

export function stopCine(pane: string): void {
  const run = runs.get(pane);
  if (run === undefined) return;
  cancelAnimationFrame(run.frame);
  run.stop();
  runs.delete(pane);
  setCine(pane, { isPlaying: false, shown: 0 });
}

export function toggleCine(pane: string): void {
  if (runs.has(pane)) stopCine(pane);
  else if (viewportOf(pane) !== undefined) playCine(pane);
}

/** Changes the rate or the way; a run goes on from where it is. */
export function adjustCine(pane: string, change: Partial<Pick<Cine, 'rate' | 'bounces'>>): void {
  const wasPlaying = runs.has(pane);
  stopCine(pane);
  setCine(pane, change);
  if (wasPlaying) playCine(pane);
}
