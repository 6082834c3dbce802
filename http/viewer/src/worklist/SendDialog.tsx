import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import type { components } from '@/api/schema';
import { may } from '@/api/session';
import { Button } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { Dialog } from '@/ui/Dialog';
import { Select, TextField } from '@/ui/Field';
import { sendStudies } from './actions';
import type { Study } from './filters';

type AeTitle = components['schemas']['ae_title'];

/** The application entities that something can be sent to. */
function useDestinations() {
  return useQuery({
    queryKey: ['ae-titles', 'destinations'],
    enabled: may('node.manage'),
    queryFn: async ({ signal }) => {
      const query = { page_size: 200 };
      const page = (await dataOf(api.GET('/api/ae-titles/', { params: { query }, signal }))) as Page<AeTitle>;
      return page.results.filter(({ host }) => host !== '');
    },
  });
}

interface SendDialogProps {
  studies: readonly Study[];
  onClose: () => void;
}

/** Asks where studies are to be sent, and has them sent. */
export function SendDialog({ studies, onClose }: SendDialogProps) {
  const { t } = useTranslation('worklist');
  const { data: destinations, error, isLoading } = useDestinations();
  const [destination, setDestination] = useState('');
  const [failure, setFailure] = useState<string>();
  const send = async () => {
    try {
      await sendStudies(studies, destination.trim());
      onClose();
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <Dialog
      title={t('send.title', { count: studies.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" isDisabled={destination.trim() === ''} onPress={() => void send()}>
            {t('send.confirm')}
          </Button>
        </>
      }
    >
      {isLoading && <Busy label={t('send.loading')} />}
      {error !== null && <p role="alert">{error.message}</p>}
      {destinations === undefined || destinations.length === 0 ? (
        <>
          {destinations !== undefined && <p>{t('send.none')}</p>}
          <TextField label={t('send.aeTitle')} value={destination} onChange={setDestination} maxLength={16} />
        </>
      ) : (
        <Select
          label={t('send.destination')}
          options={destinations.map(({ ae_title, host, port }) => ({
            id: ae_title,
            name: `${ae_title} (${host}:${port})`,
          }))}
          value={destination || null}
          onChange={setDestination}
          placeholder={t('send.choose')}
        />
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </Dialog>
  );
}
