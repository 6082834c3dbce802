import i18next from 'i18next';
import { Layers } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components';
import type { AnalysisRun, Finding } from '@/api/analyses';
import { notify, notifyFailure } from '@/shell/notices';
import buttons from '@/ui/Button.module.css';
import { OverlaidGroup } from '../segmentation/OverlaidGroup';
import { changeShown, showAbnormal, useOverlaid } from '../segmentation/overlaid';
import { findSeries, viewer } from '../state';
import { refreshOutline } from '../study/loadStudy';
import type { Series, Study } from '../study/model';
import { jumpToFinding } from './jumpToFinding';

interface RunOverlayProps {
  study: Study;
  run: AnalysisRun;
  candidates: readonly Finding[];
}

/** The series of the masks; it may have come after the study was opened. */
async function seriesOf(study: Study, uid: string): Promise<Series | undefined> {
  const known = findSeries(viewer.get().studies, uid);
  if (known !== undefined) return known;
  await refreshOutline(study.uid);
  return findSeries(viewer.get().studies, uid);
}

/** The masks of a run, laid over its images when they are wanted. */
export function RunOverlay({ study, run, candidates }: RunOverlayProps) {
  const { t } = useTranslation('analyses');
  const uid = run.segmentation?.series_instance_uid;
  const shown = useOverlaid((state) => state.shown.find(({ overlaid }) => overlaid.id === uid));
  const [isBusy, setBusy] = useState(false);
  if (run.segmentation === null || uid === undefined) return null;
  const instance = run.segmentation.sop_instance_uid;

  const lay = async () => {
    const series = await seriesOf(study, uid);
    if (series === undefined) {
      notify({ kind: 'error', text: t('overlayMissing') });
      return;
    }
    const { laySegmentation } = await import('../segmentation/showSegmentation');
    if (!(await laySegmentation(series, viewer.get().activePane, instance))) return;
    showAbnormal(uid);
    const largest = candidates
      .filter(({ position }) => position !== null)
      .toSorted((a, b) => (b.volume_ml ?? 0) - (a.volume_ml ?? 0))[0];
    if (largest !== undefined) await jumpToFinding(run, largest);
  };
  const toggle = async () => {
    if (shown !== undefined) {
      changeShown(uid, { isVisible: !shown.isVisible });
      return;
    }
    setBusy(true);
    await lay().catch((error: unknown) => notifyFailure(i18next.t('segmentation:failed'), error));
    setBusy(false);
  };

  return (
    <>
      <ToggleButton
        className={buttons['button'] ?? ''}
        isSelected={shown?.isVisible === true}
        isDisabled={isBusy}
        data-chosen={shown?.isVisible === true || undefined}
        onChange={() => void toggle()}
      >
        <Layers aria-hidden /> {t('overlay')}
      </ToggleButton>
      {shown !== undefined && <OverlaidGroup shown={shown} />}
    </>
  );
}
