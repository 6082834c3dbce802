import type { Locator } from '@playwright/test';

/** What a canvas shows: RGBA, 8 bits each, of device pixels. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Reads a canvas back, without what is drawn over it. */
export async function readCanvas(canvas: Locator): Promise<Picture> {
  const { width, height, text } = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { width, height } = element;
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    if (copy === null) throw new Error('no 2D context');
    copy.drawImage(element, 0, 0);
    const bytes = copy.getImageData(0, 0, width, height).data;
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return { width, height, text: btoa(text) };
  });
  return { width, height, rgba: Buffer.from(text, 'base64') };
}

/** How an image lies on a canvas: `scale` device pixels to an image pixel, its middle on the canvas's middle. */
export interface Lie {
  columns: number;
  rows: number;
  scale: number;
}

/** RGB under an image position (column, row; 0.5, 0.5 is the middle of the first pixel: PS3.3 C.18.6). */
export function pixelAt(picture: Picture, lie: Lie, column: number, row: number): [number, number, number] {
  const x = Math.floor(picture.width / 2 + (column - lie.columns / 2) * lie.scale);
  const y = Math.floor(picture.height / 2 + (row - lie.rows / 2) * lie.scale);
  const at = 4 * (y * picture.width + x);
  const [red = -1, green = -1, blue = -1] = picture.rgba.subarray(at, at + 3);
  return [red, green, blue];
}

/** The scale at which an image of square pixels fills a canvas. */
export function fitScale(picture: Picture, columns: number, rows: number): number {
  return Math.min(picture.width / columns, picture.height / rows);
}

/** Where something lies on a canvas, in device pixels: its first column and row, and those behind its last. */
export interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Pixels in it. */
  area: number;
}

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** Returns the extents of the connected shapes of pixels that `isPart` tells, from left to right; specks are left out. */
export function shapesOf({ width, height, rgba }: Picture, isPart: (pixel: Rgba) => boolean, speck = 50): Extent[] {
  const open = new Uint8Array(width * height);
  for (let at = 0; at < open.length; at++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(4 * at, 4 * at + 4);
    open[at] = Number(isPart([red, green, blue, alpha]));
  }
  const shapes: Extent[] = [];
  for (let start = open.indexOf(1); start >= 0; start = open.indexOf(1, start)) {
    const shape: Extent = { left: width, top: height, right: 0, bottom: 0, area: 0 };
    const stack = [start];
    open[start] = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      shape.left = Math.min(shape.left, x);
      shape.right = Math.max(shape.right, x + 1);
      shape.top = Math.min(shape.top, y);
      shape.bottom = Math.max(shape.bottom, y + 1);
      shape.area += 1;
      const beside = [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, at - width, at + width];
      for (const next of beside) {
        if (open[next] !== 1) continue;
        open[next] = 0;
        stack.push(next);
      }
    }
    shapes.push(shape);
  }
  return shapes.filter(({ area }) => area >= speck).sort((a, b) => a.left - b.left);
}
