import type { CalibrationPoint } from '@/api/analyses';

export interface Named {
  name: string;
  /** Oldest first. */
  points: readonly CalibrationPoint[];
}

function grouped(points: readonly CalibrationPoint[], nameOf: (point: CalibrationPoint) => string): Named[] {
  const groups = new Map<string, CalibrationPoint[]>();
  for (const point of points) {
    const own = groups.get(nameOf(point)) ?? [];
    groups.set(nameOf(point), own);
    own.push(point);
  }
  return [...groups]
    .map(([name, own]) => ({ name, points: own.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function byStation(points: readonly CalibrationPoint[]): Named[] {
  return grouped(points, ({ station }) => station);
}

/** Returns what was measured of each material, from the lightest to the heaviest. */
export function byMaterial(points: readonly CalibrationPoint[]): Named[] {
  return grouped(points, ({ material }) => material).sort(
    (a, b) => (a.points.at(-1)?.expected_hu ?? 0) - (b.points.at(-1)?.expected_hu ?? 0),
  );
}
