/** A window for a kind of tissue. */
export interface Preset {
  /** The text is `commands.window.<id>`. */
  id: string;
  center: number;
  width: number;
  key: string;
}

/** Windows for CT, in HU, with the keys that choose them; 1 is the image's own. */
export const presets: readonly Preset[] = [
  { id: 'brain', center: 40, width: 80, key: '2' },
  { id: 'stroke', center: 32, width: 8, key: '3' },
  { id: 'bone', center: 400, width: 1800, key: '4' },
  { id: 'lung', center: -600, width: 1500, key: '5' },
  { id: 'mediastinum', center: 50, width: 350, key: '6' },
  { id: 'abdomen', center: 50, width: 400, key: '7' },
  { id: 'liver', center: 30, width: 150, key: '8' },
  { id: 'angio', center: 300, width: 600, key: '9' },
  { id: 'subdural', center: 75, width: 215, key: 'Alt+2' },
  { id: 'temporalBone', center: 600, width: 2800, key: 'Alt+4' },
  { id: 'spine', center: 50, width: 250, key: 'Alt+7' },
];

export function presetById(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
