import { areParallel, planeOf } from './geometry';
import { dot } from './vector';
import type { Instance } from './model';

interface Placed {
  instance: Instance;
  /** Along the common normal, in mm. */
  offset: number;
}

function byNumber(a: Instance, b: Instance): number {
  return (a.number ?? 0) - (b.number ?? 0) || a.uid.localeCompare(b.uid);
}

/** Returns the instances with their place along the normal; `undefined` where they are not one stack of slices. */
function place(instances: readonly Instance[]): Placed[] | undefined {
  const planes = instances.map(({ data }) => planeOf(data));
  const first = planes[0];
  if (first === undefined) return undefined;
  const placed: Placed[] = [];
  for (const [index, instance] of instances.entries()) {
    const plane = planes[index];
    if (plane === undefined || !areParallel(plane.normal, first.normal)) return undefined;
    placed.push({ instance, offset: dot(plane.position, first.normal) });
  }
  return placed;
}

/** Whether several instances lie in the same place, as phases, echoes and diffusion weightings do. */
function repeats(placed: readonly Placed[]): boolean {
  return new Set(placed.map(({ offset }) => offset.toFixed(2))).size < placed.length;
}

/** Whether the instance numbers grow against the normal. */
function runsBackwards(sorted: readonly Placed[]): boolean {
  let growing = 0;
  for (const [index, { instance }] of sorted.entries())
    growing += Math.sign((instance.number ?? 0) - (sorted[index - 1]?.instance.number ?? instance.number ?? 0));
  return growing < 0;
}

/**
 * Puts instances in the order in which they are scrolled through: along their common normal, in the direction of their
 * numbers; by number alone where they share no normal or lie in the same places.
 */
export function sortInstances(instances: readonly Instance[]): Instance[] {
  const numbered = [...instances].sort(byNumber);
  const placed = place(numbered);
  if (placed === undefined || repeats(placed)) return numbered;
  const sorted = placed.sort((a, b) => a.offset - b.offset);
  if (runsBackwards(sorted)) sorted.reverse();
  return sorted.map(({ instance }) => instance);
}
