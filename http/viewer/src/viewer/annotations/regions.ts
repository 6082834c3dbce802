import type { Flat } from '../study/vector';

/** A closed figure in the coordinates of an image. */
export interface Region {
  /** left, top, right, bottom */
  bounds: readonly [number, number, number, number];
  contains: (column: number, row: number) => boolean;
}

export interface Statistics {
  count: number;
  mean: number;
  /** Of the values as a whole population. */
  sd: number;
  min: number;
  max: number;
}

function boundsOf(points: readonly Flat[]): Region['bounds'] {
  const columns = points.map(([column]) => column);
  const rows = points.map(([, row]) => row);
  return [Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)];
}

/** Returns the inside of a polygon (even-odd rule). */
export function polygonRegion(points: readonly Flat[]): Region {
  const contains = (column: number, row: number): boolean => {
    let inside = false;
    points.forEach(([x, y], index) => {
      const [previousX, previousY] = points.at(index - 1) ?? [x, y];
      if (y > row === previousY > row) return;
      if (column < ((previousX - x) * (row - y)) / (previousY - y) + x) inside = !inside;
    });
    return inside;
  };
  return { bounds: boundsOf(points), contains };
}

/** Returns the inside of an ellipse with these ends of its axes. */
export function ellipseRegion(a1: Flat, a2: Flat, b1: Flat, b2: Flat): Region {
  const centre: Flat = [(a1[0] + a2[0]) / 2, (a1[1] + a2[1]) / 2];
  const a: Flat = [(a2[0] - a1[0]) / 2, (a2[1] - a1[1]) / 2];
  const b: Flat = [(b2[0] - b1[0]) / 2, (b2[1] - b1[1]) / 2];
  // Conjugate half-diameters make the ellipse; unlike lengths they stay true where pixels aren't square.
  const determinant = a[0] * b[1] - a[1] * b[0];
  const width = Math.hypot(a[0], b[0]);
  const height = Math.hypot(a[1], b[1]);
  return {
    bounds: [centre[0] - width, centre[1] - height, centre[0] + width, centre[1] + height],
    contains: (column, row) => {
      if (determinant === 0) return false;
      const x = column - centre[0];
      const y = row - centre[1];
      const s = (x * b[1] - y * b[0]) / determinant;
      const t = (a[0] * y - a[1] * x) / determinant;
      return s * s + t * t <= 1;
    },
  };
}

/** Returns the statistics of the pixels whose centres lie in the region; `undefined` where there are none. */
export function statisticsOf(
  { bounds, contains }: Region,
  valueAt: (column: number, row: number) => number | undefined,
): Statistics | undefined {
  const [left, top, right, bottom] = bounds;
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let row = Math.floor(top); row <= bottom; ++row) {
    for (let column = Math.floor(left); column <= right; ++column) {
      if (!contains(column + 0.5, row + 0.5)) continue;
      const value = valueAt(column, row);
      if (value === undefined) continue;
      // Welford: no loss of digits with large values of small spread.
      const before = value - mean;
      mean += before / ++count;
      squares += before * (value - mean);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return count === 0 ? undefined : { count, mean, sd: Math.sqrt(squares / count), min, max };
}
