import { Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify, notifyFailure } from '@/shell/notices';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { builtIn } from '../hanging/builtIn';
import { protocolFromView } from '../hanging/fromView';
import { applyProtocol } from '../hanging/hang';
import { saveOwnProtocols, useOwnProtocols } from '../hanging/ownProtocols';
import type { HangingProtocol } from '../hanging/protocol';
import { viewer } from '../state';
import type { DialogProps } from './dialogProps';
import { ProtocolEditor } from './ProtocolEditor';
import styles from './Protocols.module.css';

/** The user's protocols and those that come with the viewer: to apply, make, change and delete. */
export default function ProtocolsDialog({ onClose }: DialogProps) {
  const { t } = useTranslation('viewer');
  const own = useOwnProtocols((state) => state.protocols);
  const [edited, setEdited] = useState<HangingProtocol | null>(null);
  const save = async (protocols: readonly HangingProtocol[]) => {
    try {
      await saveOwnProtocols(protocols);
      notify({ kind: 'success', text: t('protocols.saved') });
      setEdited(null);
    } catch (error) {
      notifyFailure(t('protocols.notSaved'), error);
    }
  };
  const apply = (protocol: HangingProtocol) => {
    applyProtocol(protocol);
    onClose();
  };
  if (edited !== null)
    return (
      <ProtocolEditor
        protocol={edited}
        onCancel={() => setEdited(null)}
        onSave={(protocol) => void save([protocol, ...own.filter(({ id }) => id !== protocol.id)])}
      />
    );
  return (
    <Dialog
      title={t('protocols.title')}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={() => setEdited(protocolFromView(viewer.get(), crypto.randomUUID(), ''))}>
          {t('protocols.fromView')}
        </Button>
      }
    >
      <ProtocolList title={t('protocols.own')} empty={t('protocols.none')} protocols={own} onApply={apply}>
        {(protocol) => (
          <>
            <IconButton label={t('protocols.edit', { name: protocol.name })} onPress={() => setEdited(protocol)}>
              <Pencil />
            </IconButton>
            <IconButton
              label={t('protocols.delete', { name: protocol.name })}
              onPress={() => void save(own.filter(({ id }) => id !== protocol.id))}
            >
              <Trash2 />
            </IconButton>
          </>
        )}
      </ProtocolList>
      <ProtocolList
        title={t('protocols.builtIn')}
        protocols={builtIn.map((protocol) => ({ ...protocol, name: t(`protocols.names.${protocol.id}`) }))}
        onApply={apply}
      />
    </Dialog>
  );
}

interface ListProps {
  title: string;
  empty?: string;
  protocols: readonly HangingProtocol[];
  onApply: (protocol: HangingProtocol) => void;
  children?: (protocol: HangingProtocol) => React.ReactNode;
}

function ProtocolList({ title, empty, protocols, onApply, children }: ListProps) {
  const { t } = useTranslation('viewer');
  return (
    <section>
      <h3 className={styles['title']}>{title}</h3>
      {protocols.length === 0 && <p className={styles['quiet']}>{empty}</p>}
      <ul className={styles['list']}>
        {protocols.map((protocol) => (
          <li key={protocol.id} className={styles['item']}>
            <span className={styles['name']}>
              <span>{protocol.name}</span>
              <span className={styles['quiet']}>
                {[...protocol.modalities, ...protocol.bodyParts].join(' · ')} {protocol.layout.rows} ×{' '}
                {protocol.layout.columns}
              </span>
            </span>
            <IconButton label={t('protocols.apply', { name: protocol.name })} onPress={() => onApply(protocol)}>
              <Play />
            </IconButton>
            {children?.(protocol)}
          </li>
        ))}
      </ul>
    </section>
  );
}
