/** How densities become colours and opacities in a rendered volume. */
export interface Preset {
  /** The text is `presets.<id>`. */
  id: string;
  /** What values the points stand for: HU, or parts of the range between the lowest and highest value that are shown. */
  scale: 'hu' | 'range';
  /** Value and opacity (0 … 1 a millimetre). */
  opacity: readonly (readonly [number, number])[];
  /** Value and RGB (0 … 1). */
  colours: readonly (readonly [number, number, number, number])[];
  shade: boolean;
  /** The greatest value along each ray instead of light and shade. */
  isProjection: boolean;
}

const grey = [
  [0, 0, 0, 0],
  [1, 1, 1, 1],
] as const;

const ivory = [
  [100, 0.55, 0.25, 0.2],
  [250, 0.85, 0.72, 0.55],
  [700, 0.96, 0.92, 0.8],
  [2000, 1, 1, 0.96],
] as const;

const lit = { scale: 'hu', shade: true, isProjection: false } as const;

/** For CT, in HU. */
const ct: readonly Preset[] = [
  {
    ...lit,
    id: 'bone',
    opacity: [
      [140, 0],
      [260, 0.2],
      [600, 0.8],
      [3000, 0.9],
    ],
    colours: ivory,
  },
  {
    ...lit,
    id: 'softTissue',
    opacity: [
      [-250, 0],
      [-120, 0.12],
      [60, 0.5],
      [300, 0.7],
      [3000, 0.8],
    ],
    colours: [
      [-250, 0.62, 0.42, 0.34],
      [-50, 0.86, 0.63, 0.52],
      [80, 0.85, 0.55, 0.47],
      [300, 0.96, 0.9, 0.8],
      [2000, 1, 1, 0.96],
    ],
  },
  {
    ...lit,
    id: 'vessels',
    opacity: [
      [110, 0],
      [170, 0.15],
      [260, 0.7],
      [450, 0.55],
      [700, 0.12],
      [3000, 0.15],
    ],
    colours: [
      [110, 0.5, 0.05, 0.05],
      [220, 0.86, 0.2, 0.14],
      [420, 0.98, 0.62, 0.4],
      [800, 0.95, 0.92, 0.85],
    ],
  },
  {
    ...lit,
    id: 'lung',
    opacity: [
      [-980, 0],
      [-900, 0.015],
      [-700, 0.04],
      [-500, 0.12],
      [-350, 0.02],
      [0, 0.01],
      [3000, 0.01],
    ],
    colours: [
      [-980, 0.1, 0.2, 0.45],
      [-700, 0.35, 0.6, 0.85],
      [-450, 0.95, 0.8, 0.7],
      [0, 0.9, 0.6, 0.5],
    ],
  },
];

/** For any kind of image, in parts of what the window shows. */
const any: readonly Preset[] = [
  {
    id: 'surface',
    scale: 'range',
    opacity: [
      [0.12, 0],
      [0.3, 0.25],
      [0.7, 0.6],
      [1, 0.8],
    ],
    colours: [
      [0, 0.25, 0.2, 0.2],
      [0.5, 0.8, 0.7, 0.62],
      [1, 1, 0.98, 0.94],
    ],
    shade: true,
    isProjection: false,
  },
  {
    id: 'clear',
    scale: 'range',
    opacity: [
      [0.15, 0],
      [0.6, 0.06],
      [1, 0.3],
    ],
    colours: grey,
    shade: false,
    isProjection: false,
  },
  {
    id: 'mip',
    scale: 'range',
    opacity: [
      [0, 0],
      [1, 1],
    ],
    colours: grey,
    shade: false,
    isProjection: true,
  },
];

/** Returns the presets for a kind of image, the one to begin with first. */
export function presetsFor(modality: string): readonly Preset[] {
  return modality === 'CT' ? [...ct, ...any.slice(-1)] : any;
}

/** Returns a preset's points as values of the image, moved up by `shift` (parts of its own span). */
export function pointsOf(preset: Preset, [low, high]: readonly [number, number], shift: number) {
  const [first, last] = [preset.opacity[0], preset.opacity.at(-1)];
  const span = preset.scale === 'hu' ? 1000 : (last?.[0] ?? 1) - (first?.[0] ?? 0);
  const place = (value: number) => {
    const moved = value + shift * span;
    return preset.scale === 'hu' ? moved : low + moved * (high - low);
  };
  return {
    opacity: preset.opacity.map(([value, opacity]) => [place(value), opacity] as const),
    colours: preset.colours.map(([value, ...rgb]) => [place(value), ...rgb] as const),
  };
}
