import { nameText } from '../study/names';
import { personName, text, type DataSet } from '../study/dicomJson';
import { dateText, timeText } from '../study/dates';
import { viewportOf } from '../cornerstone/engine';
import { paneView } from '../panes/paneView';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';

export interface PictureOptions {
  /** Draw measurements and arrows into the picture. */
  hasAnnotations: boolean;
  /** Burn name, number and birth date of the patient into the picture. */
  hasIdentity: boolean;
}

/** The header of the image that a pane shows. */
export function headerOfPane(pane: string): DataSet | undefined {
  const { imageId } = paneView(pane);
  const address = imageId === null ? undefined : addressOf(imageId);
  return address && instanceByUid(address.instanceUid)?.data;
}

/** Who and what an image shows, by its own header: the patient first, then the study. */
export function identityLines(data: DataSet): readonly string[] {
  const patient = [nameText(personName(data, '00100010')), text(data, '00100020'), dateText(text(data, '00100030'))];
  const study = [
    [dateText(text(data, '00080020')), timeText(text(data, '00080030'))].filter(Boolean).join(' '),
    text(data, '00081030'),
    text(data, '0008103E'),
    text(data, '00200013'),
  ];
  return [patient, study].map((parts) => parts.filter(Boolean).join(' · ')).filter(Boolean);
}

async function drawLayer(context: CanvasRenderingContext2D, layer: SVGSVGElement): Promise<void> {
  const { width, height } = context.canvas;
  const copy = layer.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${layer.clientWidth} ${layer.clientHeight}`);
  copy.setAttribute('width', `${width}`);
  copy.setAttribute('height', `${height}`);
  const address = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }),
  );
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    context.drawImage(image, 0, 0, width, height);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function burn(context: CanvasRenderingContext2D, lines: readonly string[]): void {
  const size = Math.max(13, Math.round(context.canvas.width / 60));
  context.font = `${size}px system-ui, sans-serif`;
  context.textBaseline = 'top';
  lines.forEach((line, index) => {
    const top = size * 0.6 + index * size * 1.4;
    context.fillStyle = 'rgb(0 0 0 / 65%)';
    context.fillRect(size * 0.4, top - 2, context.measureText(line).width + size * 0.4, size * 1.35);
    context.fillStyle = '#fff';
    context.fillText(line, size * 0.6, top);
  });
}

/** Returns what a pane shows as a picture. Throws an `Error` where it shows no image. */
export async function pictureOf(pane: string, options: PictureOptions): Promise<HTMLCanvasElement> {
  const viewport = viewportOf(pane);
  const header = headerOfPane(pane);
  if (viewport === undefined || header === undefined) throw new Error('The pane shows no image.');
  const { width, height } = viewport.canvas;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser cannot draw the picture.');
  context.drawImage(viewport.canvas, 0, 0);
  const layer = viewport.element.querySelector<SVGSVGElement>('svg.svg-layer');
  if (options.hasAnnotations && layer !== null) await drawLayer(context, layer);
  if (options.hasIdentity) burn(context, identityLines(header));
  return canvas;
}

/** Returns the picture as a file's bytes. */
export function encode(canvas: HTMLCanvasElement, type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob)),
      type,
      0.95,
    );
  });
}
