import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Select, TextField } from '@/ui/Field';
import { listTemplates } from '../requests';
import { headings, type Macro } from '../types';
import { macrosFor } from './macros';
import { SectionEditor } from './SectionEditor';
import { change } from './session';
import { SignatureBlock } from './SignatureBlock';
import { isWritable, useOpen } from './store';
import { textOf } from './content';
import styles from './Sections.module.css';

const none: readonly Macro[] = [];
const languages = [
  'en',
  'fr',
  'de',
  'es',
  'sw',
  'pt',
  'it',
  'nl',
  'pl',
  'ru',
  'ar',
  'fa',
  'he',
  'ur',
  'hi',
  'ja',
  'ko',
  'zh',
];

/** The templates that there are; read once, and again when they may have changed. */
export function useTemplates() {
  return useQuery({ queryKey: ['report-templates'], queryFn: listTemplates, staleTime: 60_000 });
}

function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

/** The report itself: title, sections, and by whom it was signed. */
export function Sections() {
  const { t } = useTranslation('reports');
  const content = useOpen((open) => open.content);
  const writable = useOpen(isWritable);
  const study = useOpen((open) => open.report.study);
  const { data: templates } = useTemplates();
  const macros = templates === undefined ? none : macrosFor(templates, study);
  const { title, language } = content;
  return (
    <div className={styles['sections']} lang={language}>
      {writable ? (
        <div className={styles['title']}>
          <TextField
            label={t('headings.title')}
            value={title}
            onChange={(text) => change((now) => ({ ...now, title: text }))}
            maxLength={256}
          />
          <Select
            label={t('language')}
            options={[...new Set([language, ...languages])].map((tag) => ({ id: tag, name: languageName(tag) }))}
            value={language}
            onChange={(tag) => change((now) => ({ ...now, language: tag }))}
          />
        </div>
      ) : (
        <h2 className={styles['shownTitle']} dir="auto">
          {title}
        </h2>
      )}
      {headings.map((heading) => (
        <SectionEditor key={heading} heading={heading} text={textOf(content, heading)} macros={macros} />
      ))}
      <Addendum />
      <SignatureBlock />
    </div>
  );
}

/** What was changed after the final version, and why. */
function Addendum() {
  const { t } = useTranslation('reports');
  const addendum = useOpen((open) => open.content.addendum);
  const writable = useOpen(isWritable);
  const status = useOpen((open) => open.report.status);
  const isAmending = status === 'final' || status === 'amended';
  if (writable && isAmending)
    return (
      <TextField
        label={t('headings.addendum')}
        value={addendum}
        onChange={(text) => change((now) => ({ ...now, addendum: text }))}
        lines={3}
        isRequired
      />
    );
  if (addendum.trim() === '') return null;
  return (
    <section aria-label={t('headings.addendum')}>
      <h3 className={styles['heading']}>{t('headings.addendum')}</h3>
      <p className={styles['shown']} dir="auto">
        {addendum}
      </p>
    </section>
  );
}
