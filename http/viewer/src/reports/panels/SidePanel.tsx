import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tabs } from '@/ui/Tabs';
import { Attachments } from './Attachments';
import { Communications } from './Communications';
import { KeyImages } from './KeyImages';
import { Values } from './Values';
import { Versions } from './Versions';

const panels = [
  { id: 'values', content: <Values /> },
  { id: 'images', content: <KeyImages /> },
  { id: 'attachments', content: <Attachments /> },
  { id: 'communications', content: <Communications /> },
  { id: 'versions', content: <Versions /> },
] as const;

/** What goes into a report beside its text, and what was signed before. */
export function SidePanel() {
  const { t } = useTranslation('reports');
  const [selected, setSelected] = useState<(typeof panels)[number]['id']>('values');
  return (
    <Tabs
      label={t('panels.label')}
      tabs={panels.map(({ id, content }) => ({ id, content, name: t(`panels.${id}`) }))}
      selected={selected}
      onSelect={setSelected}
    />
  );
}
