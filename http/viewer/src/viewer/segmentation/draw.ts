import type { Shown } from './overlaid';
import { plain } from './overlaid';
import { layMask, maskPicture, traceOf, type PictureView } from './paint';
import type { ContourSet, LabelGrid } from './model';

type Colour = readonly [number, number, number];

function drawContours(
  context: CanvasRenderingContext2D,
  set: ContourSet,
  view: PictureView,
  colour: Colour,
  opacity: number,
) {
  const rgb = colour.join(' ');
  context.strokeStyle = `rgb(${rgb})`;
  context.fillStyle = `rgb(${rgb} / ${opacity})`;
  context.lineWidth = 1.5;
  for (const contour of set.contours) {
    const trace = traceOf(contour, set, view);
    if (trace?.kind === 'outline') {
      context.beginPath();
      trace.points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      if (trace.points.length === 1)
        context.arc(trace.points[0]?.[0] ?? 0, trace.points[0]?.[1] ?? 0, 3, 0, 2 * Math.PI);
      if (trace.isClosed) context.closePath();
      if (trace.isClosed) context.fill();
      context.stroke();
    }
    for (const [[left, top], [right, bottom]] of trace?.kind === 'cut' ? trace.spans : []) {
      context.fillRect(left, top, right - left, bottom - top);
      context.beginPath();
      for (const x of [left, right]) {
        context.moveTo(x, top);
        context.lineTo(x, bottom);
      }
      context.stroke();
    }
  }
}

/** A colour and how much of a segment that is shown. */
interface Visible {
  number: number;
  colour: Colour;
}

function visibleSegments({ overlaid, styles }: Shown): Visible[] {
  return overlaid.segments.flatMap(({ number, colour }) => {
    const style = styles[number] ?? plain;
    return style.isVisible ? [{ number, colour: style.colour ?? colour }] : [];
  });
}

function drawLabels(
  context: CanvasRenderingContext2D,
  grid: LabelGrid,
  view: PictureView,
  segments: Visible[],
  opacity: number,
) {
  const picture = context.getImageData(0, 0, view.width, view.height);
  for (const { number, colour } of segments) {
    const mask = maskPicture(grid, number, view);
    if (mask !== undefined) layMask(picture.data, mask, view.width, colour, opacity);
  }
  context.putImageData(picture, 0, 0);
}

/** Draws over a picture of this frame of reference all that is laid over it. */
export function drawOverlaid(
  context: CanvasRenderingContext2D,
  view: PictureView,
  frameOfReference: string,
  all: readonly Shown[],
): void {
  context.clearRect(0, 0, view.width, view.height);
  for (const shown of all) {
    if (!shown.isVisible || shown.overlaid.frameOfReference !== frameOfReference) continue;
    const segments = visibleSegments(shown);
    const { shape } = shown.overlaid;
    if (shape.kind === 'labels') drawLabels(context, shape.grid, view, segments, shown.opacity);
    else
      for (const { number, colour } of segments) {
        const set = shape.sets.get(number);
        if (set !== undefined) drawContours(context, set, view, colour, shown.opacity);
      }
  }
}
