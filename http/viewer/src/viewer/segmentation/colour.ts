export type Colour = readonly [number, number, number];

/** Distinct colours for what names none. */
const palette: readonly Colour[] = [
  [255, 107, 107],
  [125, 219, 163],
  [124, 196, 255],
  [255, 209, 102],
  [199, 146, 234],
  [255, 159, 67],
  [72, 219, 251],
  [243, 104, 224],
];

export function colourByNumber(number: number): Colour {
  return palette[(Math.max(1, number) - 1) % palette.length] ?? [255, 107, 107];
}

const d50 = [0.96422, 1, 0.82521] as const;

function gamma(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, value)) * 255);
}

/** Returns the sRGB colour of a Recommended Display CIELab Value (three numbers 0 … 65535; PS3.3 C.10.7.1.1). */
export function colourOfLab([l = 0, a = 0, b = 0]: readonly number[]): Colour {
  const lightness = (l / 65535) * 100;
  const [green, blue] = [(a / 65535) * 255 - 128, (b / 65535) * 255 - 128];
  const y = (lightness + 16) / 116;
  const cubes = [y + green / 500, y, y - blue / 200].map((value) =>
    value > 6 / 29 ? value ** 3 : (value - 16 / 116) * 3 * (6 / 29) ** 2,
  );
  const [x = 0, luminance = 0, z = 0] = cubes.map((value, index) => value * (d50[index] ?? 1));
  return [
    gamma(3.1338561 * x - 1.6168667 * luminance - 0.4906146 * z),
    gamma(-0.9787684 * x + 1.9161415 * luminance + 0.033454 * z),
    gamma(0.0719453 * x - 0.2289914 * luminance + 1.4052427 * z),
  ];
}
