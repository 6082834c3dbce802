import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { textOf, withText } from '../editor/content';
import { saveTemplate } from '../requests';
import { headings, type ReportTemplate, type TemplateContent } from '../types';
import { MacroFields } from './MacroFields';
import styles from './templates.module.css';

interface TemplateDialogProps {
  /** The one to change; null for a new one. */
  template: ReportTemplate | null;
  onClose: () => void;
  onSaved: () => void;
}

const blank: TemplateContent = {
  name: '',
  modality: '',
  body_part: '',
  title: '',
  sections: withText([], 'findings', ''),
  macros: [],
};

function contentOf({ name, modality, body_part, title, sections, macros }: TemplateContent): TemplateContent {
  return { name, modality, body_part, title, sections, macros };
}

/** Returns a template as it is sent: without what is empty. */
function tidied(content: TemplateContent): TemplateContent {
  return {
    ...content,
    name: content.name.trim(),
    modality: content.modality.trim().toUpperCase(),
    body_part: content.body_part.trim().toUpperCase(),
    macros: content.macros
      .map(({ name, text }) => ({ name: name.trim().replace(/^\.+/, ''), text }))
      .filter(({ name, text }) => name !== '' && text !== ''),
  };
}

/** Makes or changes a template: for what it is, its sections, its macros. */
export function TemplateDialog({ template, onClose, onSaved }: TemplateDialogProps) {
  const { t } = useTranslation('reports');
  const [content, setContent] = useState(() => (template === null ? blank : contentOf(template)));
  const [failure, setFailure] = useState<Problem | null>(null);
  const set = (change: Partial<TemplateContent>) => setContent((now) => ({ ...now, ...change }));
  const errorOf = (field: string) => failure?.errors[field]?.join(' ');
  const save = async () => {
    try {
      await saveTemplate(tidied(content), template);
      onSaved();
    } catch (reason) {
      setFailure(reason instanceof Problem ? reason : new Problem(0, String(reason)));
    }
  };
  return (
    <Dialog
      title={template === null ? t('templates.add') : t('templates.edit', { name: template.name })}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" type="submit" form="report-template" isDisabled={content.name.trim() === ''}>
            {t('shell:save')}
          </Button>
        </>
      }
    >
      <form
        id="report-template"
        // What the server refused must not keep the next try from it.
        noValidate
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {failure !== null && (
          <p role="alert">{failure.status === 409 ? t('templates.changedMeanwhile') : failure.message}</p>
        )}
        <div className={styles['row']}>
          <TextField
            label={t('templates.name')}
            value={content.name}
            onChange={(name) => set({ name })}
            maxLength={64}
            isRequired
            error={errorOf('name')}
          />
          <TextField
            label={t('worklist:columns.modality')}
            value={content.modality}
            onChange={(modality) => set({ modality })}
            maxLength={16}
            placeholder={t('templates.any')}
            error={errorOf('modality')}
          />
          <TextField
            label={t('worklist:columns.bodyPart')}
            value={content.body_part}
            onChange={(body_part) => set({ body_part })}
            maxLength={16}
            placeholder={t('templates.any')}
            error={errorOf('body_part')}
          />
        </div>
        <TextField
          label={t('headings.title')}
          value={content.title}
          onChange={(title) => set({ title })}
          maxLength={256}
          error={errorOf('title')}
        />
        <p className={styles['note']}>{t('templates.fields', { example: '{{size|normal}}' })}</p>
        {headings.map((heading) => (
          <TextField
            key={heading}
            label={t(`headings.${heading}`)}
            value={textOf(content, heading)}
            onChange={(text) => set({ sections: withText(content.sections, heading, text) })}
            lines={heading === 'findings' ? 6 : 2}
          />
        ))}
        <MacroFields macros={content.macros} onChange={(macros) => set({ macros })} />
      </form>
    </Dialog>
  );
}
