import { number, numbers, type DataSet } from '../study/dicomJson';

/** The slowest and the fastest rate that can be chosen, in images per second. */
export const slowest = 1;
export const fastest = 60;

/** Returns the rate (images per second) at which the header says that its frames should be shown, or 10. */
export function cineRate(data: DataSet): number {
  const time = number(data, '00181063') ?? meanTime(data);
  const stated =
    number(data, '00082144') ?? number(data, '00180040') ?? (time !== undefined && time > 0 ? 1000 / time : undefined);
  return stated !== undefined && stated > 0 ? Math.min(fastest, Math.max(slowest, Math.round(stated * 10) / 10)) : 10;
}

/** The mean of FrameTimeVector, in ms; its first value is always 0. */
function meanTime(data: DataSet): number | undefined {
  const times = numbers(data, '00181065').slice(1);
  return times.length > 0 ? times.reduce((sum, time) => sum + time, 0) / times.length : undefined;
}

/** Returns which image is due `ms` after playing began at `start`: around and around, or to and fro. */
export function frameAt(ms: number, rate: number, start: number, count: number, bounces: boolean): number {
  // The time of a frame of the screen may lie just before that at which playing began.
  const steps = Math.floor((Math.max(0, ms) * rate) / 1000) + start;
  if (!bounces || count < 3) return steps % Math.max(1, count);
  const round = 2 * (count - 1);
  const at = steps % round;
  return at < count ? at : round - at;
}
