import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { Tabs } from '@/ui/Tabs';
import { Templates } from '../templates/Templates';
import { ReportList } from './ReportList';
import { ToRead } from './ToRead';
import styles from './list.module.css';

const tabs = [
  { id: 'toRead', permission: 'report.write', content: <ToRead /> },
  { id: 'reports', permission: 'study.view', content: <ReportList /> },
  { id: 'templates', permission: 'report.write', content: <Templates /> },
] as const;

type TabId = (typeof tabs)[number]['id'];

/** What is to be read, what was written, and the texts from which reports are made. */
export function Lists() {
  const { t } = useTranslation('reports');
  const allowed = tabs.filter(({ permission }) => may(permission));
  const [selected, setSelected] = useState<TabId>(
    () => allowed.find(({ id }) => `#${id}` === location.hash)?.id ?? allowed[0]?.id ?? 'reports',
  );
  return (
    <div className={styles['page']}>
      <title>{`${t('title')} · Noctis`}</title>
      <h1 className="visually-hidden">{t('title')}</h1>
      <Tabs
        label={t('title')}
        tabs={allowed.map(({ id, content }) => ({ id, content, name: t(`tabs.${id}`) }))}
        selected={selected}
        onSelect={(id) => {
          setSelected(id);
          history.replaceState(null, '', `${location.pathname}${location.search}#${id}`);
        }}
      />
    </div>
  );
}
