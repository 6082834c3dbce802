import type { VolumeDescription } from './describeVolume';

export type Voxels = Int16Array | Uint16Array | Uint8Array | Float32Array;

/** What a resampled plane is made of: two acquired planes and how much of the second. */
interface Mixture {
  lower: number;
  upper: number;
  share: number;
}

/** Returns between which planes `distance` lies (mm along the normal). */
export function neighbours(distances: readonly number[], distance: number): Mixture {
  const found = distances.findIndex((one) => one >= distance - 1e-6);
  const upper = found < 0 ? distances.length - 1 : found;
  const lower = Math.max(0, upper - 1);
  const from = distances[lower] ?? 0;
  const to = distances[upper] ?? 0;
  const share = to > from ? (distance - from) / (to - from) : 1;
  return share > 1 - 1e-6 ? { lower: upper, upper, share: 0 } : { lower, upper, share };
}

interface Placement {
  columns: number;
  rows: number;
  /** In pixels of the acquired plane: where the first pixel of the new one lies. */
  left: number;
  top: number;
}

/** Adds `weight` times a plane's difference from `outside`, moved by a part of a pixel (bilinear), to `sum`. */
function addPlane(plane: Voxels, at: Placement, weight: number, outside: number, sum: Float32Array, width: number) {
  const height = sum.length / width;
  const [wholeX, wholeY] = [Math.floor(at.left), Math.floor(at.top)];
  const [partX, partY] = [at.left - wholeX, at.top - wholeY];
  const taps = [
    { x: wholeX, y: wholeY, share: (1 - partX) * (1 - partY) },
    { x: wholeX + 1, y: wholeY, share: partX * (1 - partY) },
    { x: wholeX, y: wholeY + 1, share: (1 - partX) * partY },
    { x: wholeX + 1, y: wholeY + 1, share: partX * partY },
  ];
  for (const { x, y, share } of taps) {
    if (share < 1e-4) continue;
    const factor = share * weight;
    const first = Math.max(0, -x);
    const last = Math.min(width, at.columns - x);
    for (let row = Math.max(0, -y); row < Math.min(height, at.rows - y); row++) {
      const source = (row + y) * at.columns + x;
      const target = row * width;
      for (let column = first; column < last; column++)
        sum[target + column] = (sum[target + column] ?? 0) + factor * ((plane[source + column] ?? 0) - outside);
    }
  }
}

/**
 * Fills plane `index` of an orthogonal volume from acquired planes that lie aside of each other or unevenly far apart:
 * moved back in the plane, linear between planes. What no plane reaches counts as `outside`.
 */
export function resamplePlane(
  volume: VolumeDescription,
  planes: readonly Voxels[],
  index: number,
  outside: number,
  into: Voxels,
): void {
  const [width, height] = volume.dimensions;
  const reference = volume.phases[0]?.[0];
  if (reference === undefined) return;
  const mixture = neighbours(volume.distances, index * volume.spacing[2]);
  const sum = new Float32Array(width * height);
  const left = volume.origin.map((value, axis) => value - (reference.position[axis] ?? 0));
  const along = (direction: readonly number[]) =>
    left.reduce((total, value, axis) => total + value * (direction[axis] ?? 0), 0);
  for (const [plane, weight] of [
    [mixture.lower, 1 - mixture.share],
    [mixture.upper, mixture.share],
  ] as const) {
    const pixels = planes[plane];
    const shift = volume.shifts[plane];
    if (weight === 0 || pixels === undefined || shift === undefined) continue;
    const at = {
      columns: reference.columns,
      rows: reference.rows,
      left: (along(volume.row) - shift[0]) / volume.spacing[0],
      top: (along(volume.column) - shift[1]) / volume.spacing[1],
    };
    addPlane(pixels, at, weight, outside, sum, width);
  }
  const whole = !(into instanceof Float32Array);
  for (let voxel = 0; voxel < sum.length; voxel++) {
    const value = outside + (sum[voxel] ?? 0);
    into[voxel] = whole ? Math.round(value) : value;
  }
}
