import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { notify, notifyFailure } from '@/shell/notices';
import { nameInLine } from '@/shell/personName';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import type { Study } from './filters';

interface DeleteDialogProps {
  studies: readonly Study[];
  onClose: () => void;
}

/** Asks why studies are to be deleted, deletes them, and offers to bring them back. */
export function DeleteDialog({ studies, onClose }: DeleteDialogProps) {
  const { t } = useTranslation('worklist');
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const reload = () => void client.invalidateQueries({ queryKey: ['studies'] });

  const restore = async (ids: readonly number[]) => {
    try {
      for (const id of ids)
        await api.POST('/api/studies/{id}/restore/', {
          params: { path: { id: String(id) } },
          body: { reason: t('remove.undone') },
        });
    } catch (error) {
      notifyFailure(t('remove.undoFailed'), error, { label: t('again'), run: () => void restore(ids) });
    }
    reload();
  };

  const remove = async () => {
    setBusy(true);
    const gone: number[] = [];
    try {
      for (const { id } of studies) {
        await api.DELETE('/api/studies/{id}/', { params: { path: { id: String(id) } }, body: { reason } });
        gone.push(id);
      }
      onClose();
    } catch (error) {
      notifyFailure(t('remove.failed'), error);
      setBusy(false);
    }
    if (gone.length === 0) return;
    reload();
    notify({
      kind: 'info',
      text: t('remove.done', { count: gone.length }),
      action: { label: t('remove.undo'), run: () => void restore(gone) },
    });
  };

  return (
    <Dialog
      title={t('remove.title', { count: studies.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind="danger" isDisabled={busy || reason.trim() === ''} onPress={() => void remove()}>
            {t('remove.confirm')}
          </Button>
        </>
      }
    >
      <ul>
        {studies.slice(0, 8).map((study) => (
          <li key={study.id}>
            <bdi>{nameInLine(study.patient.patient_name) || t('unnamed')}</bdi>,{' '}
            {t('remove.what', { modality: study.modalities.join('/'), count: study.number_of_instances })}
          </li>
        ))}
        {studies.length > 8 && <li>{t('remove.more', { count: studies.length - 8 })}</li>}
      </ul>
      <TextField label={t('remove.reason')} value={reason} onChange={setReason} maxLength={512} lines={2} />
      <p>{t('remove.note')}</p>
    </Dialog>
  );
}
