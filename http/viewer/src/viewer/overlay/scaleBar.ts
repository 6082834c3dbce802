/** A length to draw beside an image. */
export interface ScaleBar {
  millimetres: number;
  /** CSS pixels on the screen. */
  pixels: number;
}

/** Returns the roundest length (1, 2 or 5 times a power of ten) that takes at most `room` CSS pixels. */
export function scaleBar(millimetresPerPixel: number, room: number): ScaleBar | undefined {
  const most = millimetresPerPixel * room;
  if (!(most > 0) || !Number.isFinite(most)) return undefined;
  const power = 10 ** Math.floor(Math.log10(most));
  const millimetres = ([5, 2].find((step) => step * power <= most) ?? 1) * power;
  return { millimetres, pixels: millimetres / millimetresPerPixel };
}
