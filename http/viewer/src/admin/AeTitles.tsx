import { useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import { notify, notifyFailure } from '@/shell/notices';
import { Button, IconButton } from '@/ui/Button';
import { DataTable } from '@/ui/DataTable';
import type { AeTitle } from './aeTitle';
import { AeTitleDialog } from './AeTitleDialog';
import { EchoButton } from './EchoButton';
import { Polled } from './Polled';
import { background, usePolled } from './polling';
import styles from './admin.module.css';

/** Other systems that send to Noctis or receive from it. */
export function AeTitles() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [edited, setEdited] = useState<AeTitle | 'new' | null>(null);
  const query = usePolled(['ae-titles'], async (signal) => {
    const params = { query: { page_size: 200 } };
    return (await dataOf(api.GET('/api/ae-titles/', { params, signal, headers: background }))) as Page<AeTitle>;
  });
  const reload = () => void client.invalidateQueries({ queryKey: ['ae-titles'] });

  const add = async ({ ae_title, host, port, facility }: AeTitle) => {
    try {
      await api.POST('/api/ae-titles/', { body: { ae_title, host, port, facility: facility.id } });
    } catch (error) {
      notifyFailure(t('aeTitles.saveFailed'), error);
    }
    reload();
  };
  const remove = async (entity: AeTitle) => {
    try {
      await api.DELETE('/api/ae-titles/{id}/', { params: { path: { id: String(entity.id) } } });
      const text = t('aeTitles.removed', { title: entity.ae_title });
      notify({ kind: 'info', text, action: { label: t('undo'), run: () => void add(entity) } });
    } catch (error) {
      notifyFailure(t('aeTitles.removeFailed'), error);
    }
    reload();
  };

  return (
    <>
      <div className={styles['bar']}>
        <Button kind="primary" onPress={() => setEdited('new')}>
          <Plus aria-hidden /> {t('aeTitles.add')}
        </Button>
      </div>
      <Polled query={query}>
        {({ results }) => (
          <DataTable
            label={t('tabs.aeTitles')}
            rows={results}
            keyOf={({ id }) => id}
            empty={t('aeTitles.none')}
            columns={[
              { id: 'title', name: t('network.aeTitle'), cell: ({ ae_title }) => <strong>{ae_title}</strong> },
              {
                id: 'address',
                name: t('network.address'),
                cell: ({ host, port }) => (host === '' ? t('aeTitles.callsOnly') : `${host}:${port}`),
              },
              { id: 'facility', name: t('aeTitles.facility'), cell: ({ facility }) => facility.name },
              {
                id: 'actions',
                name: t('actions'),
                hideName: true,
                cell: (entity) => (
                  <span className={styles['actions']}>
                    {entity.host !== '' && <EchoButton aeTitle={entity.ae_title} />}
                    <IconButton
                      label={t('aeTitles.edit', { title: entity.ae_title })}
                      onPress={() => setEdited(entity)}
                    >
                      <Pencil />
                    </IconButton>
                    <IconButton
                      label={t('aeTitles.remove', { title: entity.ae_title })}
                      onPress={() => void remove(entity)}
                    >
                      <Trash2 />
                    </IconButton>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Polled>
      {edited !== null && (
        <AeTitleDialog
          entity={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            reload();
          }}
        />
      )}
    </>
  );
}
