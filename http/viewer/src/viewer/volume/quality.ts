/** How finely a volume is rendered. */
export interface Quality {
  /** Screen pixels to a ray, in each direction. */
  coarseness: number;
  /** How many times the usual distance lies between the samples of a ray. */
  step: number;
}

// Fewer rays rather than longer steps: light and shade need samples close to the surface.
const levels: readonly Quality[] = [
  { coarseness: 1, step: 1 },
  { coarseness: 1.5, step: 1 },
  { coarseness: 2, step: 1 },
  { coarseness: 2.5, step: 1.5 },
  { coarseness: 3, step: 1.5 },
  { coarseness: 4, step: 2 },
  { coarseness: 6, step: 2 },
  { coarseness: 8, step: 3 },
  { coarseness: 10, step: 4 },
];

export const coarsest: Quality = { coarseness: 10, step: 4 };
/** What a volume at rest is rendered at in any case: a busy machine makes single frames seem slower than they are. */
export const readable: Quality = { coarseness: 4, step: 2 };
export const finest: Quality = { coarseness: 1, step: 1 };

const shareOf = ({ coarseness, step }: Quality) => 1 / (coarseness * coarseness * step);

/** Milliseconds that a pixel takes at the finest, judged by a frame that took `milliseconds`. */
export function costOf(milliseconds: number, pixels: number, quality: Quality): number {
  return milliseconds / (pixels * shareOf(quality));
}

/** Returns the finest quality at which a frame of `pixels` takes no longer than `budget` (ms). */
export function qualityFor(cost: number, pixels: number, budget: number): Quality {
  return levels.find((level) => cost * pixels * shareOf(level) <= budget) ?? coarsest;
}

export function isFiner(a: Quality, b: Quality): boolean {
  return shareOf(a) > shareOf(b);
}
