import i18next from 'i18next';
import { Ellipsis, Eye, EyeOff, History, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components';
import { locale } from '@/shell/i18n';
import { IconButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { findSeries, useViewer } from '../state';
import { deleteAnnotation } from './actions';
import { showDrawing } from './drawings';
import { placeText } from './groups';
import { jumpToAnnotation } from './jumpTo';
import { isForeign, retryAnnotation } from './keeper';
import { kindIcons } from './kindIcons';
import { LabelField } from './LabelField';
import { measurementLines } from './measurementText';
import { momentText } from './momentText';
import { setEntry, useAnnotations, type Entry } from './store';
import { Versions } from './Versions';
import styles from './Measurements.module.css';

/** An annotation in the list: what it measures, whose it is, and what can be done with it. */
export function MeasurementRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation('annotations');
  const [isEditing, setEditing] = useState(false);
  const { content, isHidden } = entry;
  const isSelected = useAnnotations(({ selected }) => selected.includes(content.id));
  const Icon = kindIcons[content.kind];
  const lines = measurementLines(content.measurements, i18next.t, locale());
  const name = content.label === '' ? t(`kinds.${content.kind}`) : content.label;
  return (
    <li
      className={styles['row']}
      data-selected={isSelected || undefined}
      data-hidden={isHidden || undefined}
      data-foreign={isForeign(entry) || undefined}
      data-annotation={content.id}
    >
      <Icon className={styles['kind'] ?? ''} aria-hidden />
      <div className={styles['what']}>
        {isEditing ? (
          <LabelField content={content} onDone={() => setEditing(false)} />
        ) : (
          <AriaButton
            className={styles['jump'] ?? ''}
            aria-label={t('jump', { name, values: lines.join(', ') })}
            onPress={() => void jumpToAnnotation(content)}
          >
            <span className={styles['name']}>{name}</span>
            {lines.map((line) => (
              <span key={line} className={styles['value']}>
                {line}
              </span>
            ))}
          </AriaButton>
        )}
        <Origin entry={entry} />
      </div>
      <RowActions entry={entry} name={name} onEdit={() => setEditing(true)} />
    </li>
  );
}

/** Whose it is, since when, on which image, and whether it is saved. */
function Origin({ entry: { content, stored, state, problem } }: { entry: Entry }) {
  const { t } = useTranslation('annotations');
  const series = useViewer(({ studies }) => findSeries(studies, content.series_instance_uid));
  const place = series === undefined ? '' : placeText(series, content.sop_instance_uid, content.frame);
  const parts = [
    place !== '' && t('image', { place }),
    stored !== null && (stored.author.full_name || stored.author.username),
    stored !== null && momentText(stored.updated_at),
    stored?.dicom != null && 'DICOM',
  ].filter(Boolean);
  return (
    <span className={styles['origin']}>
      {parts.join(' · ')}
      {state === 'temporary' && <em>{t('notSaved')}</em>}
      {state === 'refused' && <em role="alert">{t('refused', { reason: problem })}</em>}
    </span>
  );
}

interface ActionsProps {
  entry: Entry;
  name: string;
  onEdit: () => void;
}

function RowActions({ entry, name, onEdit }: ActionsProps) {
  const { t } = useTranslation('annotations');
  const [showsVersions, setShowsVersions] = useState(false);
  const { content, isHidden, stored, state } = entry;
  const { id } = content;
  const isOurs = !isForeign(entry);
  const toggle = () => {
    setEntry(id, { isHidden: !isHidden });
    showDrawing(id, isHidden);
  };
  return (
    <div className={styles['actions']} role="group" aria-label={t('actions', { name })}>
      <IconButton label={t(isHidden ? 'show' : 'hide')} onPress={toggle}>
        {isHidden ? <EyeOff /> : <Eye />}
      </IconButton>
      <Menu label={t('actions', { name })} icon={<Ellipsis />}>
        {state === 'refused' && (
          <MenuItem onAction={() => retryAnnotation(id)}>
            <RotateCw aria-hidden /> {t('shell:failure.again')}
          </MenuItem>
        )}
        {isOurs && (
          <MenuItem onAction={onEdit}>
            <Pencil aria-hidden /> {t('edit')}
          </MenuItem>
        )}
        {stored !== null && (
          <MenuItem onAction={() => setShowsVersions(true)}>
            <History aria-hidden /> {t('versions.open')}
          </MenuItem>
        )}
        {isOurs && (
          <MenuItem onAction={() => deleteAnnotation(id)}>
            <Trash2 aria-hidden /> {t('delete')}
          </MenuItem>
        )}
      </Menu>
      {showsVersions && <Versions id={id} onClose={() => setShowsVersions(false)} />}
    </div>
  );
}
