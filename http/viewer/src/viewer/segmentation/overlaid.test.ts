import { beforeEach, expect, test } from 'vitest';
import type { Overlaid, Segment } from './model';
import { lay, showAbnormal, useOverlaid } from './overlaid';

const segment = (number: number, isAbnormal: boolean): Segment => ({
  number,
  label: '',
  colour: [0, 0, 0],
  centre: undefined,
  isAbnormal,
});

const laid = (...segments: Segment[]): Overlaid => ({
  id: '1.2',
  name: '',
  frameOfReference: '1',
  referencedSeries: [],
  segments,
  shape: { kind: 'contours', sets: new Map() },
});

const visible = () => {
  const [shown] = useOverlaid.getState().shown;
  return shown?.overlaid.segments.map(({ number }) => shown.styles[number]?.isVisible ?? true);
};

beforeEach(() => useOverlaid.setState({ shown: [] }));

test('what is normal steps back behind what is not', () => {
  lay(laid(segment(1, false), segment(2, true)));
  showAbnormal('1.2');
  expect(visible()).toEqual([false, true]);
});

test('without anything abnormal all of it shows', () => {
  lay(laid(segment(1, false), segment(2, false)));
  showAbnormal('1.2');
  expect(visible()).toEqual([true, true]);
});
