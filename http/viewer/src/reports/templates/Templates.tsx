import { useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Polled } from '@/admin/Polled';
import { formatMoment, formatNumber } from '@/shell/format';
import { notify, notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Button, IconButton } from '@/ui/Button';
import { DataTable } from '@/ui/DataTable';
import { Dialog } from '@/ui/Dialog';
import { useTemplates } from '../editor/Sections';
import { removeTemplate } from '../requests';
import type { ReportTemplate } from '../types';
import { TemplateDialog } from './TemplateDialog';
import styles from '../list/list.module.css';

/** The texts from which reports are made: to be listed, made, changed and deleted. */
export function Templates() {
  const { t } = useTranslation('reports');
  const client = useQueryClient();
  const query = useTemplates();
  const [edited, setEdited] = useState<ReportTemplate | 'new' | null>(null);
  const [doomed, setDoomed] = useState<ReportTemplate | null>(null);
  const reload = () => void client.invalidateQueries({ queryKey: ['report-templates'] });
  const remove = async ({ id, name }: ReportTemplate) => {
    setDoomed(null);
    try {
      await removeTemplate(id);
      notify({ kind: 'info', text: t('templates.removed', { name }) });
    } catch (error) {
      notifyFailure(t('templates.removeFailed'), error);
    }
    reload();
  };
  return (
    <>
      <div className={styles['bar']}>
        <Button kind="primary" onPress={() => setEdited('new')}>
          <Plus aria-hidden /> {t('templates.add')}
        </Button>
      </div>
      <Polled query={query}>
        {(templates) => (
          <DataTable
            label={t('tabs.templates')}
            rows={templates}
            keyOf={({ id }) => id}
            empty={t('templates.none')}
            columns={[
              { id: 'name', name: t('templates.name'), cell: ({ name }) => <strong>{visibleText(name)}</strong> },
              {
                id: 'for',
                name: t('templates.for'),
                cell: ({ modality, body_part }) =>
                  [modality, body_part].filter(Boolean).map(visibleText).join(', ') || t('templates.any'),
              },
              {
                id: 'macros',
                name: t('templates.macros'),
                isNumber: true,
                cell: ({ macros }) => formatNumber(macros.length),
              },
              { id: 'by', name: t('templates.changedBy'), cell: ({ changed_by }) => visibleText(changed_by) },
              { id: 'at', name: t('list.changed'), cell: ({ updated_at }) => formatMoment(updated_at) },
              {
                id: 'actions',
                name: t('admin:actions'),
                hideName: true,
                cell: (template) => (
                  <span className={styles['actions']}>
                    <IconButton
                      label={t('templates.edit', { name: visibleText(template.name) })}
                      onPress={() => setEdited(template)}
                    >
                      <Pencil />
                    </IconButton>
                    <IconButton
                      label={t('templates.remove', { name: visibleText(template.name) })}
                      onPress={() => setDoomed(template)}
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
        <TemplateDialog
          template={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            reload();
          }}
        />
      )}
      <Dialog
        title={t('templates.removeTitle', { name: visibleText(doomed?.name ?? '') })}
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        actions={
          <>
            <Button onPress={() => setDoomed(null)}>{t('shell:cancel')}</Button>
            <Button kind="danger" onPress={() => doomed !== null && void remove(doomed)}>
              {t('templates.confirm')}
            </Button>
          </>
        }
      >
        <p>{t('templates.removeText')}</p>
      </Dialog>
    </>
  );
}
