import { dot, length, scale, subtract, add, type Vector } from '../study/vector';
import type { Contour, ContourSet, LabelGrid } from './model';

/** How a picture lies in the patient: the point under its first pixel, and the steps to the next one right and down. */
export interface PictureView {
  width: number;
  height: number;
  origin: Vector;
  right: Vector;
  down: Vector;
  normal: Vector;
}

/** Returns the plane that holds a point at `distance`, −1 where none does. */
export function planeAt({ distances, thickness }: LabelGrid, distance: number): number {
  let [low, high] = [0, distances.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [at = 0, next = 0] = [distances[middle], distances[middle + 1]];
    if (distance > (at + next) / 2) low = middle + 1;
    else high = middle;
  }
  return Math.abs((distances[low] ?? Infinity) - distance) <= thickness / 2 + 1e-3 ? low : -1;
}

/** Returns which pixels of a picture lie in a segment (1) and which do not (0), `undefined` where none does. */
export function maskPicture(grid: LabelGrid, segment: number, view: PictureView): Uint8Array | undefined {
  const start = subtract(view.origin, grid.origin);
  const terms = (direction: Vector, size: number) =>
    [dot(start, direction) / size, dot(view.right, direction) / size, dot(view.down, direction) / size] as const;
  const [i0, ix, iy] = terms(grid.row, grid.spacing[0]);
  const [j0, jx, jy] = terms(grid.column, grid.spacing[1]);
  const [d0, dx, dy] = terms(grid.normal, 1);
  const span = Math.abs(dx) * view.width + Math.abs(dy) * view.height;
  const isParallel = span < grid.thickness * 0.05;
  if (isParallel && grid.maskOf(segment, planeAt(grid, d0)) === undefined) return undefined;
  const picture = new Uint8Array(view.width * view.height);
  let [plane, mask, any] = [-2, undefined as ReturnType<LabelGrid['maskOf']>, false];
  for (let y = 0; y < view.height; y++) {
    for (let x = 0; x < view.width; x++) {
      const i = Math.round(i0 + x * ix + y * iy);
      const j = Math.round(j0 + x * jx + y * jy);
      if (i < 0 || j < 0 || i >= grid.columns || j >= grid.rows) continue;
      const at = isParallel && plane !== -2 ? plane : planeAt(grid, d0 + x * dx + y * dy);
      if (at !== plane) [plane, mask] = [at, grid.maskOf(segment, at)];
      if (mask?.(j * grid.columns + i) !== true) continue;
      picture[y * view.width + x] = 1;
      any = true;
    }
  }
  return any ? picture : undefined;
}

/** Lays a mask over RGBA pixels: its inside with `opacity`, its edge as a line. */
export function layMask(
  pixels: Uint8ClampedArray,
  mask: Uint8Array,
  width: number,
  [red, green, blue]: readonly [number, number, number],
  opacity: number,
): void {
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] !== 1) continue;
    const isEdge = mask[at - 1] !== 1 || mask[at + 1] !== 1 || mask[at - width] !== 1 || mask[at + width] !== 1;
    const part = isEdge ? Math.min(1, opacity + 0.5) : opacity;
    const before = ((pixels[4 * at + 3] ?? 0) / 255) * (1 - part);
    const sum = part + before;
    if (sum === 0) continue;
    const mix = (own: number, channel: number) => (own * part + (pixels[4 * at + channel] ?? 0) * before) / sum;
    pixels.set([mix(red, 0), mix(green, 1), mix(blue, 2), sum * 255], 4 * at);
  }
}

export type Point = readonly [number, number];

/** Returns where a point of the patient lies in a picture. */
export function project(view: PictureView, at: Vector): Point {
  const from = subtract(at, view.origin);
  return [dot(from, view.right) / dot(view.right, view.right), dot(from, view.down) / dot(view.down, view.down)];
}

/** What a picture shows of a contour: its outline in its own plane, or where another plane cuts it. */
export type Trace = { kind: 'outline'; points: Point[]; isClosed: boolean } | { kind: 'cut'; spans: [Point, Point][] };

function cuts(points: readonly Vector[], heights: readonly number[]): Vector[] {
  return points.flatMap((point, index) => {
    const next = (index + 1) % points.length;
    const [from = 0, to = 0] = [heights[index], heights[next]];
    const other = points[next];
    if (other === undefined || from < 0 === to < 0) return [];
    return [add(point, scale(subtract(other, point), from / (from - to)))];
  });
}

/** Returns what a picture shows of a contour, `undefined` where it shows nothing. */
export function traceOf({ points, isClosed }: Contour, set: ContourSet, view: PictureView): Trace | undefined {
  const heights = points.map((point) => dot(subtract(point, view.origin), view.normal));
  const limit = set.thickness / 2 + 1e-3;
  if (heights.every((height) => Math.abs(height) <= limit))
    return { kind: 'outline', points: points.map((point) => project(view, point)), isClosed };
  if (!isClosed || Math.abs(dot(set.normal, view.normal)) > 0.98) return undefined;
  const direction = subtract(scale(set.normal, dot(set.normal, view.normal)), view.normal);
  const along = (at: Vector) =>
    dot(at, [
      set.normal[1] * direction[2] - set.normal[2] * direction[1],
      set.normal[2] * direction[0] - set.normal[0] * direction[2],
      set.normal[0] * direction[1] - set.normal[1] * direction[0],
    ]);
  const crossings = cuts(points, heights).sort((a, b) => along(a) - along(b));
  const half = scale(set.normal, set.thickness / 2);
  const spans = crossings.flatMap((from, index): [Point, Point][] => {
    const to = crossings[index + 1];
    if (index % 2 === 1 || to === undefined) return [];
    return [[project(view, subtract(from, half)), project(view, add(to, half))]];
  });
  return spans.length > 0 && length(direction) > 0 ? { kind: 'cut', spans } : undefined;
}
