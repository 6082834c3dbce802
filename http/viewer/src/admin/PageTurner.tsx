import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Page } from '@/api/page';
import { formatNumber } from '@/shell/format';
import { IconButton } from '@/ui/Button';
import styles from './admin.module.css';

interface PageTurnerProps {
  page: number;
  data: Page<unknown>;
  onPage: (page: number) => void;
}

/** The way to the other pages of a list, where there are any. */
export function PageTurner({ page, data, onPage }: PageTurnerProps) {
  const { t } = useTranslation('admin');
  if (data.next === null && data.previous === null) return null;
  return (
    <nav className={styles['turner']} aria-label={t('pages.label')}>
      <span>{t('pages.page', { page: formatNumber(page), count: data.count, number: formatNumber(data.count) })}</span>
      <IconButton label={t('pages.previous')} isDisabled={data.previous === null} onPress={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label={t('pages.next')} isDisabled={data.next === null} onPress={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </nav>
  );
}
