import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Checkbox, Select, TextField } from '@/ui/Field';
import type { HangingProtocol, PaneRule } from '../hanging/protocol';
import { presets } from '../windows/presets';
import styles from './Protocols.module.css';

interface EditorProps {
  protocol: HangingProtocol;
  onSave: (protocol: HangingProtocol) => void;
  onCancel: () => void;
}

const asList = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** Changes a protocol: for which studies it is, and what each pane shows. */
export function ProtocolEditor({ protocol, onSave, onCancel }: EditorProps) {
  const { t } = useTranslation('viewer');
  const [draft, setDraft] = useState(protocol);
  const [modalities, setModalities] = useState(protocol.modalities.join(', '));
  const [bodyParts, setBodyParts] = useState(protocol.bodyParts.join(', '));
  const change = (part: Partial<HangingProtocol>) => setDraft((before) => ({ ...before, ...part }));
  const changeRule = (at: number, part: Partial<PaneRule>) =>
    change({ panes: draft.panes.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) });
  const save = () => onSave({ ...draft, modalities: asList(modalities.toUpperCase()), bodyParts: asList(bodyParts) });
  return (
    <Dialog
      title={t('protocols.editTitle')}
      isOpen
      onClose={onCancel}
      size="large"
      actions={
        <>
          <Button onPress={onCancel}>{t('shell:cancel')}</Button>
          <Button kind="primary" isDisabled={draft.name.trim() === ''} onPress={save}>
            {t('shell:save')}
          </Button>
        </>
      }
    >
      <div className={styles['fields']}>
        <TextField label={t('protocols.name')} value={draft.name} onChange={(name) => change({ name })} isRequired />
        <TextField label={t('protocols.modalities')} value={modalities} onChange={setModalities} />
        <TextField label={t('protocols.bodyParts')} value={bodyParts} onChange={setBodyParts} />
      </div>
      <Checkbox isSelected={draft.needsPrior} onChange={(needsPrior) => change({ needsPrior })}>
        {t('protocols.needsPrior')}
      </Checkbox>
      <ol className={styles['rules']} style={{ gridTemplateColumns: `repeat(${draft.layout.columns}, 1fr)` }}>
        {draft.panes.map((rule, index) => (
          <li key={index} className={styles['rule']}>
            <RuleFields rule={rule} onChange={(part) => changeRule(index, part)} position={index + 1} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

interface RuleProps {
  rule: PaneRule;
  position: number;
  onChange: (part: Partial<PaneRule>) => void;
}

function RuleFields({ rule, position, onChange }: RuleProps) {
  const { t } = useTranslation('viewer');
  const windows = [
    { id: '', name: t('commands.window.own') },
    ...presets.map(({ id }) => ({ id, name: t(`commands.window.${id}`) })),
  ];
  return (
    <fieldset className={styles['ruleFields']}>
      <legend>{t('pane.label', { position })}</legend>
      <Select
        label={t('protocols.from')}
        value={rule.from}
        onChange={(from) => onChange({ from })}
        options={[
          { id: 'current', name: t('rail.current') },
          { id: 'prior', name: t('protocols.prior') },
        ]}
      />
      <TextField
        label={t('protocols.modality')}
        value={rule.modality}
        onChange={(modality) => onChange({ modality })}
      />
      <TextField
        label={t('protocols.description')}
        value={rule.description}
        onChange={(description) => onChange({ description })}
      />
      <Select
        label={t('protocols.window')}
        value={rule.window}
        onChange={(window) => onChange({ window })}
        options={windows}
      />
    </fieldset>
  );
}
