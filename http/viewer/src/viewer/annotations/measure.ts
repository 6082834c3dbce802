import type { AnnotationKind, Measurement, MeasurementName } from './model';
import { ellipseRegion, polygonRegion, statisticsOf, type Region } from './regions';
import type { Flat } from '../study/vector';

/** The pixels that an annotation lies on. */
export interface Raster {
  columnSpacing: number;
  rowSpacing: number;
  /** Of the spacings: `mm` or `{pixels}`. */
  unit: 'mm' | '{pixels}';
  /** The value of a pixel (counted from 0) in `valueUnit`; `undefined` where there is none. */
  valueAt?: ((column: number, row: number) => number | undefined) | undefined;
  /** UCUM; `1` for plain stored values. */
  valueUnit: string;
}

/** Returns what an annotation measures; points are places in the raster (its corner is 0,0), in the contract's order. */
export function measure(kind: AnnotationKind, points: readonly Flat[], raster: Raster): Measurement[] {
  const scaled = points.map(([column, row]): Flat => [column * raster.columnSpacing, row * raster.rowSpacing]);
  return (measures[kind]?.(scaled, points, raster) ?? []).filter(({ value }) => Number.isFinite(value));
}

type Measure = (scaled: readonly Flat[], points: readonly Flat[], raster: Raster) => Measurement[];

const measures: Partial<Record<AnnotationKind, Measure>> = {
  length: ([a, b], _, { unit }) => numberOf('length', distance(a, b), unit),
  bidirectional: ([a, b, c, d], _, { unit }) => {
    const [one, other] = [distance(a, b), distance(c, d)];
    if (one === undefined || other === undefined) return [];
    const [long, short] = one < other ? [other, one] : [one, other];
    return [...numberOf('long_axis', long, unit), ...numberOf('short_axis', short, unit)];
  },
  angle: ([a, apex, b]) => numberOf('angle', apex && angleBetween(minus(a, apex), minus(b, apex)), 'deg'),
  cobb_angle: ([a, b, c, d]) => {
    const angle = angleBetween(minus(b, a), minus(d, c));
    return numberOf('angle', angle === undefined ? undefined : Math.min(angle, 180 - angle), 'deg');
  },
  ellipse: ([a, b, c, d], points, raster) => {
    const [longA, longB, shortA, shortB] = points;
    if (!longA || !longB || !shortA || !shortB) return [];
    const [long, short] = [minus(b, a), minus(d, c)];
    // Half-diameters that aren't at right angles span the same ellipse: its area is that of their cross product.
    const area = long && short ? (Math.PI / 4) * Math.abs(long[0] * short[1] - long[1] * short[0]) : undefined;
    return [...areaOf(area, raster), ...valuesIn(ellipseRegion(longA, longB, shortA, shortB), raster)];
  },
  rectangle: polygon,
  freehand: (scaled, points, raster) => [...polygon(scaled, points, raster), ...perimeterOf(scaled, raster)],
  probe: (_, [point], { valueAt, valueUnit }) =>
    numberOf('value', point && valueAt?.(Math.floor(point[0]), Math.floor(point[1])), valueUnit),
  cardiothoracic_ratio: ([a, b, c, d, e, f]) => {
    const [right, left, thorax] = [distance(a, b), distance(c, d), distance(e, f)];
    if (right === undefined || left === undefined || thorax === undefined) return [];
    return numberOf('ratio', (right + left) / thorax, '1');
  },
};

function polygon(scaled: readonly Flat[], points: readonly Flat[], raster: Raster): Measurement[] {
  if (points.length < 3) return [];
  return [...areaOf(polygonArea(scaled), raster), ...valuesIn(polygonRegion(points), raster)];
}

function numberOf(name: MeasurementName, value: number | undefined, unit: string): Measurement[] {
  return value === undefined ? [] : [{ name, value, unit }];
}

function areaOf(area: number | undefined, { unit }: Raster): Measurement[] {
  return numberOf('area', area, unit === 'mm' ? 'mm2' : '{pixels}');
}

function perimeterOf(points: readonly Flat[], { unit }: Raster): Measurement[] {
  const length = points.reduce((sum, point, index) => sum + (distance(points.at(index - 1), point) ?? 0), 0);
  return numberOf('perimeter', length, unit);
}

function valuesIn(region: Region, { valueAt, valueUnit }: Raster): Measurement[] {
  const found = valueAt && statisticsOf(region, valueAt);
  if (!found) return [];
  return (['mean', 'sd', 'min', 'max'] as const).map((name) => ({ name, value: found[name], unit: valueUnit }));
}

function minus(a: Flat | undefined, b: Flat | undefined): Flat | undefined {
  return a && b && [a[0] - b[0], a[1] - b[1]];
}

function distance(a: Flat | undefined, b: Flat | undefined): number | undefined {
  const between = minus(a, b);
  return between && Math.hypot(...between);
}

function angleBetween(a: Flat | undefined, b: Flat | undefined): number | undefined {
  if (!a || !b || Math.hypot(...a) === 0 || Math.hypot(...b) === 0) return;
  return (Math.abs(Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])) * 180) / Math.PI;
}

function polygonArea(points: readonly Flat[]): number {
  const doubled = points.reduce((sum, [x, y], index) => {
    const [previousX, previousY] = points.at(index - 1) ?? [x, y];
    return sum + previousX * y - x * previousY;
  }, 0);
  return Math.abs(doubled) / 2;
}
