import { utilities } from '@cornerstonejs/core';

type Stop = readonly [at: number, red: number, green: number, blue: number];

/** Colour maps for function; the text is `fusion.maps.<id>`. */
const maps = {
  hotIron: [
    [0, 0, 0, 0],
    [0.5, 1, 0, 0],
    [0.75, 1, 0.5, 0],
    [1, 1, 1, 1],
  ],
  pet: [
    [0, 0, 0, 0],
    [0.25, 0, 0, 0.75],
    [0.5, 0.75, 0, 0.35],
    [0.75, 1, 0.65, 0],
    [1, 1, 1, 1],
  ],
  rainbow: [
    [0, 0, 0, 0],
    [0.15, 0.25, 0, 0.6],
    [0.35, 0, 0.4, 1],
    [0.55, 0, 0.85, 0.35],
    [0.75, 1, 0.9, 0],
    [1, 1, 0, 0],
  ],
  grey: [
    [0, 0, 0, 0],
    [1, 1, 1, 1],
  ],
} as const satisfies Record<string, readonly Stop[]>;

export type ColourMap = keyof typeof maps;
export const colourMaps = Object.keys(maps) as readonly ColourMap[];

const nameOf = (map: ColourMap) => `noctis-${map}`;
let known = false;

/** Returns Cornerstone's name of a map. */
export function registeredMap(map: ColourMap): string {
  if (!known) {
    for (const id of colourMaps)
      utilities.colormap.registerColormap({ ColorSpace: 'RGB', Name: nameOf(id), RGBPoints: maps[id].flat() });
    known = true;
  }
  return nameOf(map);
}

/** The map as a CSS gradient. */
export function gradientOf(map: ColourMap): string {
  const stops = maps[map].map(
    ([at, ...rgb]) => `rgb(${rgb.map((part) => Math.round(part * 255)).join(' ')}) ${at * 100}%`,
  );
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
