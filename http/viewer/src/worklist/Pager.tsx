import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Page } from '@/api/page';
import { formatNumber } from '@/shell/format';
import { IconButton } from '@/ui/Button';
import { Select } from '@/ui/Field';
import type { ChangeFilters } from './address';
import { pageSizes, type Filters, type Study } from './filters';
import styles from './Pager.module.css';

interface PagerProps {
  page: Page<Study>;
  filters: Filters;
  change: ChangeFilters;
  /** There is little room. */
  narrow: boolean;
}

/** Which studies of how many are shown, and the way to the others. */
export function Pager({ page, filters, change, narrow }: PagerProps) {
  const { t } = useTranslation('worklist');
  const first = (filters.page - 1) * filters.pageSize + 1;
  const total = formatNumber(page.count) + (page.count_is_capped === true ? '+' : '');
  const range = { first: formatNumber(first), last: formatNumber(first + page.results.length - 1), total };
  return (
    <nav className={styles['pager']} aria-label={t('pager.label')}>
      <span className={styles['range']}>{t(page.results.length === 0 ? 'pager.none' : 'pager.range', range)}</span>
      <IconButton
        label={t('pager.previous')}
        keys="["
        isDisabled={page.previous === null}
        onPress={() => change({ page: filters.page - 1 })}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        label={t('pager.next')}
        keys="]"
        isDisabled={page.next === null}
        onPress={() => change({ page: filters.page + 1 })}
      >
        <ChevronRight />
      </IconButton>
      {!narrow && (
        <Select
          label={t('pager.size')}
          hideLabel
          options={pageSizes.map((size) => ({ id: String(size), name: t('pager.perPage', { number: size }) }))}
          value={String(filters.pageSize)}
          onChange={(size) => change({ pageSize: Number(size) })}
        />
      )}
    </nav>
  );
}
