import { TextLayer, type PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PdfView.module.css';

interface PageProps {
  pdf: PDFDocumentProxy;
  /** From 1. */
  number: number;
  /** CSS pixels to a point of the page. */
  zoom: number;
  /** What is marked in the text. */
  query: string;
}

function mark(layer: HTMLElement, query: string): void {
  const wanted = query.trim().toLocaleLowerCase();
  for (const span of layer.querySelectorAll('span')) {
    const isFound = wanted !== '' && span.textContent.toLocaleLowerCase().includes(wanted);
    span.toggleAttribute('data-found', isFound);
  }
  layer.querySelector('[data-found]')?.scrollIntoView({ block: 'nearest' });
}

async function draw(
  { pdf, number, zoom }: PageProps,
  canvas: HTMLCanvasElement,
  layer: HTMLElement,
  signal: AbortSignal,
) {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: zoom });
  const ratio = window.devicePixelRatio;
  if (signal.aborted) return;
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  canvas.style.width = `${Math.floor(viewport.width)}px`;
  canvas.style.height = `${Math.floor(viewport.height)}px`;
  const task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
  signal.addEventListener('abort', () => task.cancel());
  await task.promise;
  layer.replaceChildren();
  layer.style.setProperty('--total-scale-factor', `${zoom}`);
  await new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport }).render();
}

/** A page of a PDF, with its text over it to be chosen and read out. */
export function PdfPage({ pdf, number, zoom, query }: PageProps) {
  const { t } = useTranslation('documents');
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const wanted = useRef(query);
  useEffect(() => {
    wanted.current = query;
    if (layer.current !== null) mark(layer.current, query);
  }, [query]);
  useEffect(() => {
    const controller = new AbortController();
    const [surface, text] = [canvas.current, layer.current];
    if (surface === null || text === null) return;
    draw({ pdf, number, zoom, query: '' }, surface, text, controller.signal).then(
      () => mark(text, wanted.current),
      (error: unknown) => {
        if (!controller.signal.aborted) console.error(error);
      },
    );
    return () => controller.abort();
  }, [pdf, number, zoom]);
  return (
    <div
      className={styles['scroll']}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
      tabIndex={0}
      role="region"
      aria-label={t('pdf.position', { page: number, count: pdf.numPages })}
    >
      <div className={styles['page']} data-page={number}>
        <canvas ref={canvas} />
        <div ref={layer} className={styles['text']} />
      </div>
    </div>
  );
}
