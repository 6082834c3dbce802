import {
  AngleTool,
  ArrowAnnotateTool,
  BidirectionalTool,
  CobbAngleTool,
  EllipticalROITool,
  LabelTool,
  LengthTool,
  PlanarFreehandROITool,
  ProbeTool,
  RectangleROITool,
} from '@cornerstonejs/tools';
import type { ViewerTool } from '../tools/viewerTool';
import { CardiothoracicRatioTool } from './CardiothoracicRatioTool';
import { textLines } from './drawingText';
import { askForText } from './prompt';

type Done = (text: string | null) => void;

const common = { getTextLines: textLines };
// Cornerstone's own keys would be in the way of the viewer's.
const noKey = { bindings: [{ key: '' }] };
// Our own statistics take their place: with the header's units, and the same in text, list and store.
const region = { ...common, calculateStats: false };
const written = {
  ...common,
  getTextCallback: (done: Done) => void askForText().then(done),
  changeTextCallback: ({ data }: { data?: { label?: string } }, _: unknown, done: Done) =>
    void askForText(data?.label).then(done),
};

function flat(tool: ViewerTool['tool'], configuration: Record<string, unknown> = common): ViewerTool {
  return { tool, groups: ['stack', 'slice'], rest: 'passive', configuration };
}

/** Tools that draw annotations; those drawn can be taken hold of while another tool is on the button. */
export const measureTools: readonly ViewerTool[] = [
  flat(LengthTool, { ...common, actions: { undo: noKey, redo: noKey } }),
  flat(BidirectionalTool),
  flat(AngleTool),
  flat(CobbAngleTool),
  flat(EllipticalROITool, region),
  flat(RectangleROITool, region),
  flat(PlanarFreehandROITool, { ...common, allowOpenContours: false }),
  flat(ProbeTool),
  flat(ArrowAnnotateTool, { ...written, arrowHeadStyle: 'standard' }),
  flat(LabelTool, written),
  flat(CardiothoracicRatioTool),
];
