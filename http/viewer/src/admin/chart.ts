/** Something that was measured at a moment (ms since the epoch), with what was expected of it. */
export interface TrendPoint {
  at: number;
  value: number;
  expected: number;
  tolerance: number;
  isWithin: boolean;
}

/** The plotting area of a chart, in its own pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Trend {
  points: readonly { x: number; y: number; point: TrendPoint }[];
  /** The corners of the band of tolerance: along its upper edge, back along its lower one. */
  band: readonly (readonly [number, number])[];
  /** What is expected, from left to right. */
  expected: readonly (readonly [number, number])[];
  /** Values of the vertical axis, and where they stand. */
  ticks: readonly { value: number; y: number }[];
}

/** Returns about `count` round numbers that span `low` to `high`. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  // Adding up steps would add up their errors.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Lays measurements (oldest first) out over time; one alone stands in the middle, its band reaching from edge to edge. */
export function layOut(points: readonly TrendPoint[], { left, right, top, bottom }: Area): Trend {
  const levels = points.flatMap(({ value, expected, tolerance }) => [
    value,
    expected - tolerance,
    expected + tolerance,
  ]);
  const values = roundTicks(Math.min(...levels), Math.max(...levels), 4);
  const [low = 0, high = 1] = [values[0], values.at(-1)];
  const [start = 0, end = 0] = [points[0]?.at, points.at(-1)?.at];
  const x = (at: number) =>
    end === start ? (left + right) / 2 : left + ((at - start) / (end - start)) * (right - left);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const edge = (level: (point: TrendPoint) => number) => {
    const line = points.map((point) => [x(point.at), y(level(point))] as const);
    const [first, last] = [line[0], line.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [[left, first[1]] as const, ...line, [right, last[1]] as const];
  };
  return {
    points: points.map((point) => ({ x: x(point.at), y: y(point.value), point })),
    band: [
      ...edge(({ expected, tolerance }) => expected + tolerance),
      ...edge(({ expected, tolerance }) => expected - tolerance).reverse(),
    ],
    expected: edge(({ expected }) => expected),
    ticks: values.map((value) => ({ value, y: y(value) })),
  };
}
