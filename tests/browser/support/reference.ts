import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fromRoot } from './paths';
import { pixelAt, type Lie, type Picture } from './pixels';

/** What a screen should show: grey levels from 0 to 255, row by row. */
export interface Reference {
  columns: number;
  rows: number;
  grey: Uint8Array;
}

/** Computes it from a file by pydicom, which shares nothing with the viewer (phantoms/reference.py). */
export async function referenceOf(file: string, center: number, width: number, frame = 1): Promise<Reference> {
  const args = ['-B', '-m', 'phantoms.reference', file, String(center), String(width), String(frame)];
  const options = { cwd: fromRoot('tests/browser'), encoding: 'buffer', maxBuffer: 1 << 28 } as const;
  const { stdout } = await promisify(execFile)('/usr/bin/python3', args, options);
  const end = stdout.indexOf('\n');
  const { columns, rows } = JSON.parse(stdout.subarray(0, end).toString()) as { columns: number; rows: number };
  return { columns, rows, grey: stdout.subarray(end + 1) };
}

/** How far a picture is from what it should show, in grey levels, over all pixels of the image that it holds. */
export function compare(picture: Picture, reference: Reference, scale = 1): { worst: number; compared: number } {
  const { columns, rows, grey } = reference;
  const lie: Lie = { columns, rows, scale };
  let worst = 0;
  let compared = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [red, green, blue] = pixelAt(picture, lie, column + 0.5, row + 0.5);
      if (red < 0) continue;
      const wanted = grey[row * columns + column] ?? NaN;
      worst = Math.max(worst, ...[red, green, blue].map((channel) => Math.abs(channel - wanted)));
      compared += 1;
    }
  }
  return { worst, compared };
}
