import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shell/format';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { PopoverButton } from '@/ui/PopoverButton';
import { datePresets, type Dates } from './filters';
import styles from './DateFilter.module.css';

interface DateFilterProps {
  dates: Dates;
  onChange: (dates: Dates) => void;
}

/** Of which days studies are: a usual span, or from one day to another. */
export function DateFilter({ dates, onChange }: DateFilterProps) {
  const { t } = useTranslation('worklist');
  const label = (): string => {
    if (dates === null) return t('dates.label');
    if (typeof dates === 'string') return `${t('dates.label')}: ${t(`dates.${dates}`)}`;
    return `${formatDate(dates.from) || '…'} – ${formatDate(dates.to) || '…'}`;
  };
  return (
    <PopoverButton label={label()} isChosen={dates !== null}>
      {(close) => (
        <DatePanel
          dates={dates}
          onChange={(chosen) => {
            onChange(chosen);
            close();
          }}
        />
      )}
    </PopoverButton>
  );
}

function DatePanel({ dates, onChange }: DateFilterProps) {
  const { t } = useTranslation('worklist');
  const range = typeof dates === 'object' ? dates : null;
  const [from, setFrom] = useState(range?.from ?? '');
  const [to, setTo] = useState(range?.to ?? '');
  const wrong = from !== '' && to !== '' && to < from;
  return (
    <>
      <div className={styles['presets']}>
        {datePresets.map((preset) => (
          <Button key={preset} kind={dates === preset ? 'primary' : 'plain'} onPress={() => onChange(preset)}>
            {t(`dates.${preset}`)}
          </Button>
        ))}
        <Button kind={dates === null ? 'primary' : 'plain'} onPress={() => onChange(null)}>
          {t('dates.any')}
        </Button>
      </div>
      <form
        className={styles['range']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) onChange(from === '' && to === '' ? null : { from, to });
        }}
      >
        <TextField label={t('dates.from')} type="date" value={from} onChange={setFrom} />
        <TextField
          label={t('dates.to')}
          type="date"
          value={to}
          onChange={setTo}
          error={wrong ? t('dates.wrong') : undefined}
        />
        <Button type="submit" isDisabled={wrong}>
          {t('dates.apply')}
        </Button>
      </form>
    </>
  );
}
