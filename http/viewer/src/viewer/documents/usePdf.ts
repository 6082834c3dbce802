import { useQuery } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Instance } from '../study/model';
import { fetchDocument } from './encapsulated';
import { openPdf } from './pdf';

interface OpenPdf {
  pdf: PDFDocumentProxy | null;
  bytes: ArrayBuffer | null;
  failure: Error | null;
  retry: () => void;
}

/** The PDF in an instance. */
export function usePdf(instance: Instance): OpenPdf {
  const { data, error, refetch } = useQuery({
    queryKey: ['pdf', instance.uid],
    queryFn: async ({ signal }) => {
      const bytes = await fetchDocument(instance, signal);
      return { bytes, pdf: await openPdf(bytes) };
    },
    staleTime: Infinity,
  });
  return {
    pdf: data?.pdf ?? null,
    bytes: data?.bytes ?? null,
    failure: error,
    retry: () => void refetch(),
  };
}
