import type { AnnotationKind } from './model';

/** Cornerstone's names of the tools that draw each kind; key images are not drawn. */
const tools = {
  length: 'Length',
  bidirectional: 'Bidirectional',
  angle: 'Angle',
  cobb_angle: 'CobbAngle',
  ellipse: 'EllipticalROI',
  rectangle: 'RectangleROI',
  freehand: 'PlanarFreehandROI',
  probe: 'Probe',
  arrow: 'ArrowAnnotate',
  text: 'Label',
  cardiothoracic_ratio: 'CardiothoracicRatio',
} as const satisfies Partial<Record<AnnotationKind, string>>;

export type DrawnKind = keyof typeof tools;

export const drawnKinds = Object.keys(tools) as readonly DrawnKind[];

const kinds = new Map<string, DrawnKind>(drawnKinds.map((kind) => [tools[kind], kind]));

export function toolOfKind(kind: AnnotationKind): string | undefined {
  return kind === 'key_image' ? undefined : tools[kind];
}

export function kindOfTool(toolName: string): DrawnKind | undefined {
  return kinds.get(toolName);
}
