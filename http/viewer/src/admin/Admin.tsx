import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { Tabs } from '@/ui/Tabs';
import { AeTitles } from './AeTitles';
import { Calibration } from './Calibration';
import { Dashboard } from './Dashboard';
import { Jobs } from './Jobs';
import { Overview } from './Overview';
import { Quarantine } from './Quarantine';
import { RoutingRules } from './RoutingRules';
import styles from './admin.module.css';

const tabs = [
  { id: 'overview', permission: 'system.manage', content: <Overview /> },
  { id: 'dashboard', permission: 'system.manage', content: <Dashboard /> },
  { id: 'calibration', permission: 'system.manage', content: <Calibration /> },
  { id: 'quarantine', permission: 'system.manage', content: <Quarantine /> },
  { id: 'jobs', permission: 'system.manage', content: <Jobs /> },
  { id: 'aeTitles', permission: 'node.manage', content: <AeTitles /> },
  { id: 'routes', permission: 'node.manage', content: <RoutingRules /> },
] as const;

type TabId = (typeof tabs)[number]['id'];

function tabOfAddress(): TabId {
  return tabs.find(({ id }) => `#${id}` === location.hash)?.id ?? 'overview';
}

/** The administrator's start page. */
export function Admin() {
  const { t } = useTranslation('admin');
  const [selected, setSelected] = useState(tabOfAddress);
  const allowed = tabs.filter(({ permission }) => may(permission));
  const title = <title>{`${t('title')} · Noctis`}</title>;
  if (allowed.length === 0) return <p role="alert">{t('forbidden')}</p>;
  return (
    <div className={styles['page']}>
      {title}
      <h1 className="visually-hidden">{t('title')}</h1>
      <Tabs
        label={t('title')}
        tabs={allowed.map(({ id, content }) => ({ id, content, name: t(`tabs.${id}`) }))}
        selected={selected}
        onSelect={(id) => {
          setSelected(id);
          history.replaceState(null, '', `#${id}`);
        }}
      />
    </div>
  );
}
