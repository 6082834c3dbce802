import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSession } from '@/api/session';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Select, TextField } from '@/ui/Field';
import type { AeTitle } from './aeTitle';
import styles from './admin.module.css';

interface AeTitleDialogProps {
  /** The entity to change; null for a new one. */
  entity: AeTitle | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Registers another system, or changes where it is and whose. */
export function AeTitleDialog({ entity, onClose, onSaved }: AeTitleDialogProps) {
  const { t } = useTranslation('admin');
  const facilities = useSession((state) => state.session?.user.facilities) ?? [];
  const [title, setTitle] = useState(entity?.ae_title ?? '');
  const [host, setHost] = useState(entity?.host ?? '');
  const [port, setPort] = useState(entity === null || entity.port === 0 ? '' : String(entity.port));
  const [facility, setFacility] = useState(String(entity?.facility.id ?? facilities[0]?.id ?? ''));
  const [failure, setFailure] = useState<Problem>();

  const save = async () => {
    const where = { host: host.trim(), port: Number(port), ...(facility !== '' && { facility: Number(facility) }) };
    try {
      if (entity === null) await api.POST('/api/ae-titles/', { body: { ae_title: title.trim(), ...where } });
      else await api.PATCH('/api/ae-titles/{id}/', { params: { path: { id: String(entity.id) } }, body: where });
      onSaved();
    } catch (reason) {
      setFailure(reason instanceof Problem ? reason : new Problem(0, String(reason)));
    }
  };
  const errorOf = (field: string) => failure?.errors[field]?.join(' ');

  return (
    <Dialog
      title={entity === null ? t('aeTitles.add') : t('aeTitles.edit', { title: entity.ae_title })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" type="submit" form="ae-title">
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id="ae-title"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t('network.aeTitle')}
          value={title}
          onChange={setTitle}
          maxLength={16}
          isRequired
          isDisabled={entity !== null}
          error={errorOf('ae_title')}
        />
        <TextField label={t('aeTitles.host')} value={host} onChange={setHost} error={errorOf('host')} />
        <TextField
          label={t('aeTitles.port')}
          value={port}
          onChange={(text) => setPort(text.replace(/\D/g, ''))}
          inputMode="numeric"
          maxLength={5}
          error={errorOf('port')}
        />
        {facilities.length > 0 && (
          <Select
            label={t('aeTitles.facility')}
            options={facilities.map(({ id, name }) => ({ id: String(id), name }))}
            value={facility}
            onChange={setFacility}
          />
        )}
        <p className={styles['note']}>{t('aeTitles.note')}</p>
        {failure !== undefined && <p role="alert">{failure.message}</p>}
      </form>
    </Dialog>
  );
}
