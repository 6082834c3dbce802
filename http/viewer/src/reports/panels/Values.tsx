import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { CornerDownLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AnalysisRun, Finding } from '@/api/analyses';
import { textsIn } from '@/shell/i18n';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { IconButton } from '@/ui/Button';
import { findingLine } from '@/viewer/analyses/findingText';
import { isUnderWay, useAnalyses } from '@/viewer/analyses/useAnalyses';
import { measurementLines } from '@/viewer/annotations/measurementText';
import type { StoredAnnotation } from '@/viewer/annotations/model';
import { listAnnotations } from '@/viewer/annotations/requests';
import { standingValues, withValue } from '../editor/content';
import { change } from '../editor/session';
import { isWritable, useOpen } from '../editor/store';
import { currentSection, fieldOf, insertText } from '../editor/writing';
import { useLive } from '../live';
import type { ReportValue } from '../types';
import { Items } from './Items';
import { offeredFindings, usableRuns } from './offers';
import styles from './panels.module.css';

type Offer = Omit<ReportValue, 'heading'>;

/** Puts a value at the caret of the section where it is or was, and notes where it comes from. */
function insert(offer: Offer): void {
  const heading = currentSection();
  const area = fieldOf(heading);
  if (area === null) return;
  insertText(area, offer.text);
  change((content) => withValue(content, { heading, ...offer }));
}

/** The report's language, and the texts of findings and measurements in it. */
interface Words {
  language: string;
  t: TFunction;
}

/** What was measured and found in the study, to be put into the report in the report's language. */
export function Values() {
  const language = useOpen((open) => open.content.language);
  const { data: t } = useQuery({
    queryKey: ['texts', language],
    queryFn: () => textsIn(language, ['analyses', 'annotations']),
    staleTime: Infinity,
  });
  return (
    <div className={styles['panel']}>
      {t !== undefined && <Machine words={{ language, t }} />}
      {t !== undefined && <Measured words={{ language, t }} />}
      <Used />
    </div>
  );
}

function Machine({ words }: { words: Words }) {
  const { t } = useTranslation('reports');
  const query = useAnalyses(useOpen((open) => open.report.study.study_instance_uid));
  return (
    <section aria-label={t('values.machine')} className={styles['panel']}>
      <h3>{t('values.machine')}</h3>
      <Items query={query}>
        {(analyses) => {
          const runs = usableRuns(analyses.results);
          const isAnalysed = isUnderWay(analyses);
          return (
            <>
              {isAnalysed && <p className={styles['quiet']}>{t('values.running')}</p>}
              {runs.length > 0 && <p className={styles['quiet']}>{t('values.warning')}</p>}
              {runs.length === 0 && !isAnalysed && <p className={styles['quiet']}>{t('values.noneMachine')}</p>}
              {runs.map((run) => (
                <Run key={run.id} run={run} words={words} />
              ))}
            </>
          );
        }}
      </Items>
    </section>
  );
}

function Run({ run, words }: { run: AnalysisRun; words: Words }) {
  const { t } = useTranslation('reports');
  const origin = `${run.analyser} ${run.version}`;
  const rejected = run.findings.length - offeredFindings(run).length;
  const verdictOf = ({ verdict, verdict_by }: Finding) =>
    verdict === 'accepted' && t('values.accepted', { name: visibleText(verdict_by ?? '') });
  return (
    <ul className={styles['list']} aria-label={origin}>
      {offeredFindings(run).map((finding) => {
        const text = findingLine(finding, words.t, words.language);
        return (
          <Value key={finding.id} offer={{ text, source: 'analysis', id: String(finding.id), origin }}>
            <span className={styles['marks']}>
              <Badge tone="warning">{t('values.machineMade')}</Badge>
              <span className={styles['quiet']}>
                {origin} {verdictOf(finding)}
              </span>
            </span>
          </Value>
        );
      })}
      {rejected > 0 && <li className={styles['quiet']}>{t('values.rejected', { count: rejected })}</li>}
    </ul>
  );
}

function Measured({ words }: { words: Words }) {
  const { t } = useTranslation('reports');
  const study = useOpen((open) => open.report.study.study_instance_uid);
  const query = useQuery({ queryKey: ['report-annotations', study], queryFn: () => listAnnotations(study) });
  useLive('report-annotations', ['annotation.saved', 'annotation.deleted', 'resync'], study);
  const offerOf = ({ id, kind, label, measurements, author }: StoredAnnotation): Offer => {
    const name = label === '' ? words.t(`annotations:kinds.${kind}`) : label;
    const values = measurementLines(measurements, words.t, words.language).join('; ');
    const text = values === '' ? name : `${name}: ${values}`;
    return {
      text: text.replaceAll('\u202f', ' '),
      source: 'annotation',
      id,
      origin: author.full_name || author.username,
    };
  };
  return (
    <section aria-label={t('values.measured')} className={styles['panel']}>
      <h3>{t('values.measured')}</h3>
      <Items query={query}>
        {(annotations) => {
          const shown = annotations.filter(({ deleted, kind }) => !deleted && kind !== 'key_image');
          if (shown.length === 0) return <p className={styles['quiet']}>{t('values.noneMeasured')}</p>;
          return (
            <ul className={styles['list']}>
              {shown.map(offerOf).map((offer) => (
                <Value key={offer.id} offer={offer}>
                  <span className={styles['quiet']}>
                    <bdi>{visibleText(offer.origin)}</bdi>
                  </span>
                </Value>
              ))}
            </ul>
          );
        }}
      </Items>
    </section>
  );
}

function Value({ offer, children }: { offer: Offer; children: React.ReactNode }) {
  const { t } = useTranslation('reports');
  const writable = useOpen(isWritable);
  return (
    <li className={styles['item']}>
      <span className={styles['words']}>
        <bdi>{visibleText(offer.text)}</bdi>
        {children}
      </span>
      {writable && (
        <IconButton label={t('values.insert', { text: visibleText(offer.text) })} onPress={() => insert(offer)}>
          <CornerDownLeft />
        </IconButton>
      )}
    </li>
  );
}

/** Where the values come from that stand in the report. */
function Used() {
  const { t } = useTranslation('reports');
  const content = useOpen((open) => open.content);
  const values = standingValues(content);
  if (values.length === 0) return null;
  return (
    <section aria-label={t('values.used')} className={styles['panel']}>
      <h3>{t('values.used')}</h3>
      <ul className={styles['list']}>
        {values.map(({ heading, text, source, id, origin }) => (
          <li key={`${heading} ${source} ${id} ${text}`} className={styles['item']}>
            <span className={styles['words']}>
              <bdi>{visibleText(text)}</bdi>
              <span className={styles['quiet']}>
                {t(`headings.${heading}`)} · <bdi>{visibleText(origin)}</bdi>{' '}
                {source === 'analysis' && `· ${t('values.machineMade')}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
