import { numbers, texts, type DataSet } from '../study/dicomJson';

const axes = [
  { positive: 'L', negative: 'R' },
  { positive: 'P', negative: 'A' },
  { positive: 'H', negative: 'F' },
] as const;

/** A direction counts when it is at least this far (sine of about 18 degrees) out of the other axes. */
const least = 0.3;

/** Names a direction in the patient (LPS): the greatest axis first, as `AL`. */
export function directionLetters(direction: readonly number[]): string {
  return axes
    .map(({ positive, negative }, axis) => ({
      letter: (direction[axis] ?? 0) > 0 ? positive : negative,
      size: Math.abs(direction[axis] ?? 0),
    }))
    .filter(({ size }) => size > least)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('');
}

const opposites: Readonly<Record<string, string>> = { L: 'R', R: 'L', P: 'A', A: 'P', H: 'F', F: 'H' };

/** Names the opposite direction; what is no direction stays. */
export function opposite(letters: string): string {
  return letters.replace(/./g, (letter) => opposites[letter] ?? letter);
}

/** The letters at the edges of an image, clockwise from the top. */
export interface EdgeLetters {
  top: string;
  right: string;
  bottom: string;
  left: string;
}

/**
 * Names a direction on the screen by PatientOrientation (0020,0020), which names the directions of rows and columns of
 * an image that is not placed in the patient; Cornerstone lays its rows along x and its columns along y.
 */
function namedDirection([x = 0, y = 0]: readonly number[], [row = '', column = '']: readonly string[]): string {
  const isRow = Math.abs(x) > Math.abs(y);
  const letters = isRow ? row : column;
  return (isRow ? x : y) < 0 ? opposite(letters) : letters;
}

/**
 * Returns what lies at the edges of the screen. `right` and `down` are the screen's directions in the coordinates of
 * the patient. `undefined` where the header does not tell.
 */
export function edgeLetters(data: DataSet, right: readonly number[], down: readonly number[]): EdgeLetters | undefined {
  const named = texts(data, '00200020');
  const isPlaced = numbers(data, '00200037').length === 6;
  if (!isPlaced && named.length < 2) return undefined;
  const letters = isPlaced ? directionLetters : (way: readonly number[]) => namedDirection(way, named);
  const [toRight, toBottom] = [letters(right), letters(down)];
  return { top: opposite(toBottom), right: toRight, bottom: toBottom, left: opposite(toRight) };
}
