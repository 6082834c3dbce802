import { ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadBlob } from '@/shell/download';
import { Button, IconButton } from '@/ui/Button';
import { SearchField } from '@/ui/Field';
import { pagesWith } from './pdf';
import { PdfPage } from './PdfPage';
import styles from './PdfView.module.css';

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

interface PagesProps {
  pdf: PDFDocumentProxy;
  bytes: ArrayBuffer;
  /** Of the file when it is saved. */
  name: string;
  /** One of the usual ones. */
  zoom?: number;
}

/** A PDF, a page at a time: turning, zooming, searching, saving. */
export function PdfPages({ pdf, bytes, name, zoom: first = 1 }: PagesProps) {
  const { t } = useTranslation('documents');
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(() => Math.max(0, zooms.indexOf(first)));
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly number[] | null>(null);
  const search = async (text: string) => {
    setQuery(text);
    const pages = text.trim() === '' ? null : await pagesWith(pdf, text);
    setFound(pages);
    const nearest = pages?.find((one) => one >= page) ?? pages?.[0];
    if (nearest !== undefined) setPage(nearest);
  };
  const nextFound = found?.find((one) => one > page) ?? found?.[0];
  return (
    <div className={styles['pdf']}>
      <div className={styles['bar']} role="toolbar" aria-label={t('pdf.toolbar')}>
        <Tool
          label={t('pdf.previous')}
          isDisabled={page <= 1}
          onPress={() => setPage(page - 1)}
          icon={<ChevronLeft />}
        />
        <span className={styles['position']} aria-live="polite">
          {t('pdf.position', { page, count: pdf.numPages })}
        </span>
        <Tool
          label={t('pdf.next')}
          isDisabled={page >= pdf.numPages}
          onPress={() => setPage(page + 1)}
          icon={<ChevronRight />}
        />
        <Tool label={t('pdf.smaller')} isDisabled={zoom <= 0} onPress={() => setZoom(zoom - 1)} icon={<ZoomOut />} />
        <Tool
          label={t('pdf.larger')}
          isDisabled={zoom >= zooms.length - 1}
          onPress={() => setZoom(zoom + 1)}
          icon={<ZoomIn />}
        />
        <div className={styles['search']}>
          <SearchField
            label={t('pdf.search')}
            placeholder={t('pdf.search')}
            value={query}
            onChange={(text) => void search(text)}
          />
        </div>
        {found !== null && (
          <Button isDisabled={nextFound === undefined} onPress={() => setPage(nextFound ?? page)}>
            {t('pdf.found', { count: found.length })}
          </Button>
        )}
        <Tool
          label={t('download')}
          isDisabled={false}
          onPress={() => downloadBlob(new Blob([bytes], { type: 'application/pdf' }), `${name}.pdf`)}
          icon={<Download />}
        />
      </div>
      <PdfPage pdf={pdf} number={page} zoom={zooms[zoom] ?? 1} query={query} />
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  isDisabled: boolean;
  onPress: () => void;
}

function Tool({ icon, ...rest }: ToolProps) {
  return <IconButton {...rest}>{icon}</IconButton>;
}
