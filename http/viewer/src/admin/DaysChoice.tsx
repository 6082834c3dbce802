import { useTranslation } from 'react-i18next';
import { Select } from '@/ui/Field';

interface DaysChoiceProps<T extends number> {
  options: readonly T[];
  value: T;
  onChange: (days: T) => void;
}

/** Over how many days figures are taken. */
export function DaysChoice<T extends number>({ options, value, onChange }: DaysChoiceProps<T>) {
  const { t } = useTranslation('admin');
  return (
    <Select
      label={t('days.label')}
      options={options.map((days) => ({ id: String(days), name: t('days.last', { count: days }) }))}
      value={String(value)}
      onChange={(chosen) => onChange(options.find((days) => String(days) === chosen) ?? value)}
    />
  );
}
