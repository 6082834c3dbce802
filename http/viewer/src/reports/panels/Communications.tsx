import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { may } from '@/api/session';
import { formatMoment } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Checkbox, Select, TextField } from '@/ui/Field';
import { useOpen } from '../editor/store';
import { addCommunication, listCommunications } from '../requests';
import { waysOfTelling, type Communication } from '../types';
import { Items } from './Items';
import { localMoment } from './localMoment';
import styles from './panels.module.css';

/** Who was told of a critical result, when and how. */
export function Communications() {
  const { t } = useTranslation('reports');
  const id = useOpen((open) => open.report.id);
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['report-communications', id], queryFn: () => listCommunications(id) });
  return (
    <div className={styles['panel']}>
      <Items query={query}>
        {(communications) =>
          communications.length === 0 ? (
            <p className={styles['quiet']}>{t('communications.none')}</p>
          ) : (
            <ul className={styles['list']}>
              {communications.map((one) => (
                <Told key={one.id} communication={one} />
              ))}
            </ul>
          )
        }
      </Items>
      {may('report.write') && (
        <TellForm
          report={id}
          onSaved={() => void client.invalidateQueries({ queryKey: ['report-communications', id] })}
        />
      )}
    </div>
  );
}

function Told({ communication }: { communication: Communication }) {
  const { t } = useTranslation('reports');
  const { told, how, finding, read_back, at, told_by } = communication;
  return (
    <li className={styles['item']}>
      <span className={styles['words']}>
        <span>
          <bdi>{visibleText(told)}</bdi> ({t(`communications.ways.${how}`)})
        </span>
        <bdi>{visibleText(finding)}</bdi>
        <span className={styles['quiet']}>
          {formatMoment(at)} · <bdi>{visibleText(told_by)}</bdi>
        </span>
        <span className={styles['marks']}>
          <Badge tone={read_back ? 'success' : 'warning'}>
            {t(read_back ? 'communications.readBack' : 'communications.notReadBack')}
          </Badge>
        </span>
      </span>
    </li>
  );
}

function TellForm({ report, onSaved }: { report: number; onSaved: () => void }) {
  const { t } = useTranslation('reports');
  const [told, setTold] = useState('');
  const [how, setHow] = useState<Communication['how']>('phone');
  const [finding, setFinding] = useState('');
  const [readBack, setReadBack] = useState(false);
  const [at, setAt] = useState(() => localMoment(new Date()));
  const [failure, setFailure] = useState<Problem | null>(null);
  const moment = new Date(at);
  const isReady = told.trim() !== '' && finding.trim() !== '' && !Number.isNaN(moment.getTime());
  const save = async () => {
    if (!isReady) return;
    try {
      const what = { told: told.trim(), how, finding: finding.trim(), read_back: readBack };
      await addCommunication(report, { ...what, at: moment.toISOString() });
      setTold('');
      setFinding('');
      setReadBack(false);
      setFailure(null);
      onSaved();
    } catch (reason) {
      setFailure(reason instanceof Problem ? reason : new Problem(0, String(reason)));
    }
  };
  return (
    <form
      className={styles['form']}
      aria-label={t('communications.add')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{t('communications.add')}</h3>
      <TextField label={t('communications.told')} value={told} onChange={setTold} maxLength={256} isRequired />
      <Select
        label={t('communications.how')}
        options={waysOfTelling.map((id) => ({ id, name: t(`communications.ways.${id}`) }))}
        value={how}
        onChange={setHow}
      />
      <TextField
        label={t('communications.finding')}
        value={finding}
        onChange={setFinding}
        maxLength={2000}
        lines={2}
        isRequired
      />
      <TextField label={t('communications.at')} type="datetime-local" value={at} onChange={setAt} isRequired />
      <Checkbox isSelected={readBack} onChange={setReadBack}>
        {t('communications.readBack')}
      </Checkbox>
      {failure !== null && <p role="alert">{failure.message}</p>}
      <div className={styles['row']}>
        <Button type="submit" isDisabled={!isReady}>
          {t('communications.save')}
        </Button>
      </div>
    </form>
  );
}
