import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import type { components } from '@/api/schema';
import { notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Checkbox } from '@/ui/Field';
import { DataTable } from '@/ui/DataTable';
import { Polled } from './Polled';
import { background, usePolled } from './polling';
import styles from './admin.module.css';

interface RoutingRule extends Omit<components['schemas']['routing_rule'], 'attributes'> {
  attributes: readonly { tag: string; values: readonly string[] }[];
}

function attributesOf({ attributes }: RoutingRule): string {
  return attributes.map(({ tag, values }) => `${tag} = ${values.join(' | ')}`).join(', ');
}

/** What is sent on by itself, and where to. */
export function RoutingRules() {
  const { t } = useTranslation('admin');
  const query = usePolled(['routes'], async (signal) => {
    const params = { query: { page_size: 200 } };
    return (await dataOf(api.GET('/api/routes/', { params, signal, headers: background }))) as Page<RoutingRule>;
  });
  const activate = async (rule: RoutingRule, active: boolean) => {
    try {
      await api.PATCH('/api/routes/{id}/', { params: { path: { id: String(rule.id) } }, body: { active } });
    } catch (error) {
      notifyFailure(t('routes.changeFailed'), error);
    }
    void query.refetch();
  };
  return (
    <>
      <p className={styles['note']}>{t('routes.note')}</p>
      <Polled query={query}>
        {({ results }) => (
          <DataTable
            label={t('tabs.routes')}
            rows={results}
            keyOf={({ id }) => id}
            empty={t('routes.none')}
            columns={[
              { id: 'name', name: t('routes.name'), cell: ({ name }) => <strong>{name}</strong> },
              {
                id: 'active',
                name: t('routes.active'),
                cell: (rule) => (
                  <Checkbox isSelected={rule.active} onChange={(active) => void activate(rule, active)}>
                    <span className="visually-hidden">{t('routes.activate', { name: rule.name })}</span>
                  </Checkbox>
                ),
              },
              { id: 'destination', name: t('routes.destination'), cell: ({ destination }) => destination },
              { id: 'from', name: t('routes.from'), cell: (rule) => rule.calling_ae_title || t('routes.anybody') },
              {
                id: 'modalities',
                name: t('routes.modalities'),
                cell: ({ modalities }) => modalities.join(', ') || t('routes.all'),
              },
              { id: 'attributes', name: t('routes.attributes'), cell: (rule) => visibleText(attributesOf(rule)) },
              {
                id: 'deidentify',
                name: t('routes.deidentify'),
                cell: ({ deidentify }) => deidentify || t('routes.asItIs'),
              },
            ]}
          />
        )}
      </Polled>
    </>
  );
}
