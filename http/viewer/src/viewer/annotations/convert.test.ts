import { describe, expect, it } from 'vitest';
import { contentOfDrawing, drawingOf, worldPoints, type FrameLookup, type FrameReference } from './convert';
import { annotationKinds, type AnnotationContent, type AnnotationKind, type Point } from './model';

const frame: FrameReference = {
  imageId: 'wadors:image',
  studyUid: '1.2',
  seriesUid: '1.2.3',
  instanceUid: '1.2.3.4',
  frame: 2,
  frameOfReference: '1.9',
  plane: {
    origin: [-100, -50, 30],
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    columnSpacing: 0.5,
    rowSpacing: 2,
  },
  isInPatient: true,
};
const frames: FrameLookup = {
  byImageId: (id) => (id === frame.imageId ? frame : undefined),
  byInstance: (_study, _series, instance, number) => (instance === '1.2.3.4' && number === 2 ? frame : undefined),
};

const points: Readonly<Record<Exclude<AnnotationKind, 'key_image'>, readonly Point[]>> = {
  length: [
    [1, 2],
    [101, 2],
  ],
  bidirectional: [
    [0, 0],
    [100, 0],
    [50, 10],
    [50, 0],
  ],
  angle: [
    [0, 0],
    [10, 10],
    [20, 0],
  ],
  cobb_angle: [
    [0, 0],
    [10, 1],
    [0, 20],
    [10, 30],
  ],
  ellipse: [
    [0, 5],
    [80, 5],
    [40, 0],
    [40, 10],
  ],
  rectangle: [
    [0, 0],
    [20, 0],
    [20, 10],
    [0, 10],
  ],
  freehand: [
    [0, 0],
    [20, 3],
    [10, 10],
  ],
  probe: [[3.25, 4.75]],
  arrow: [
    [30, 30],
    [10, 10],
  ],
  text: [[7, 8]],
  cardiothoracic_ratio: [
    [50, 10],
    [30, 10],
    [50, 12],
    [90, 12],
    [0, 20],
    [120, 20],
  ],
};

function content(kind: AnnotationKind, on: Partial<AnnotationContent> = {}): AnnotationContent {
  return {
    id: '6f1c1f6e-3f0c-4b8e-9a53-000000000001',
    study_instance_uid: '1.2',
    series_instance_uid: '1.2.3',
    sop_instance_uid: '1.2.3.4',
    frame: 2,
    frame_of_reference_uid: '1.9',
    kind,
    label: 'a label',
    space: 'image',
    points: kind === 'key_image' ? [] : points[kind],
    measurements: [],
    view: {},
    ...on,
  };
}

describe('an annotation drawn and read back', () => {
  it.each(annotationKinds.filter((kind) => kind !== 'key_image'))('is the same %s', (kind) => {
    const drawing = drawingOf(content(kind), frames);
    expect(drawing && contentOfDrawing(drawing, frames)).toEqual(content(kind));
  });

  it('keeps where its text was moved to', () => {
    const moved = content('length', { view: { textBox: [1, 2, 30] } });
    const drawing = drawingOf(moved, frames);
    expect(drawing && contentOfDrawing(drawing, frames)).toEqual(moved);
  });

  it('keeps places in the patient', () => {
    const oblique: readonly Point[] = [
      [0, 0, 0],
      [10, 5, 20],
    ];
    const inPatient = content('length', {
      space: 'patient',
      points: oblique,
      view: { normal: [0, 1, 0], up: [0, 0, 1] },
    });
    const drawing = drawingOf(inPatient, frames);
    expect(drawing && worldPoints(drawing)).toEqual(oblique);
    expect(drawing && contentOfDrawing(drawing, frames)).toEqual(inPatient);
  });
});

it('draws on the image’s own pixels', () => {
  const drawing = drawingOf(
    content('length', {
      points: [
        [0.5, 0.5],
        [1.5, 2.5],
      ],
    }),
    frames,
  );
  expect(drawing && worldPoints(drawing)).toEqual([
    [-100, -50, 30],
    [-99.5, -46, 30],
  ]);
});

it('orders an ellipse’s axes by their lengths in the patient', () => {
  const drawing = drawingOf(
    content('ellipse', {
      points: [
        [0, 25],
        [80, 25],
        [40, 0],
        [40, 50],
      ],
    }),
    frames,
  );
  const read = drawing && contentOfDrawing(drawing, frames);
  expect(read?.points.map(([column]) => column)).toEqual([40, 40, 0, 80]);
});

it('draws neither key images nor what belongs to other images', () => {
  expect(drawingOf(content('key_image'), frames)).toBeUndefined();
  expect(drawingOf(content('length', { sop_instance_uid: '1.2.3.9' }), frames)).toBeUndefined();
});

it('says nothing of a figure that is being drawn', () => {
  const drawing = drawingOf(content('angle'), frames);
  drawing?.data.handles?.points?.pop();
  expect(drawing && contentOfDrawing(drawing, frames)).toBeUndefined();
});
