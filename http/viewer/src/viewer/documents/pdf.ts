import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';

/** Opens a PDF. Its scripts don't run, and nothing is made into program text: the page's policy forbids it. */
export async function openPdf(bytes: ArrayBuffer): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const task = getDocument({ data: bytes.slice(0), isEvalSupported: false, useWasm: false, enableXfa: false });
  return task.promise;
}

/** Returns the numbers of the pages on which a text stands, whatever its case. */
export async function pagesWith(pdf: PDFDocumentProxy, text: string): Promise<readonly number[]> {
  const wanted = text.trim().toLocaleLowerCase();
  const found: number[] = [];
  for (let number = 1; number <= pdf.numPages; ++number) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const content = items.map((item) => ('str' in item ? item.str : '')).join(' ');
    if (content.toLocaleLowerCase().includes(wanted)) found.push(number);
  }
  return found;
}
