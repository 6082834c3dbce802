import { Suspense, useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/shell/Failure';
import { Busy } from '@/ui/Busy';
import { useViewer, type Pane } from '../state';
import { paneViews } from './all';
import type { PaneProps } from './paneProps';
import { listenToPane } from './paneEvents';
import styles from './Pane.module.css';

function Content({ pane: { id, content } }: { pane: Pane }) {
  const { t } = useTranslation('viewer');
  // The record pairs each kind with the view of its own content, which indexing by a union cannot tell.
  const View = paneViews[content.kind] as ComponentType<PaneProps<typeof content.kind>> | undefined;
  if (View === undefined) return <p className={styles['empty']}>{t('pane.unknown')}</p>;
  return <View id={id} content={content} />;
}

interface FrameProps {
  pane: Pane;
  /** Counted from 1. */
  position: number;
  isHidden: boolean;
}

/** What all panes have in common: being the active one, taking series that are dropped, and a place for failures. */
export function PaneFrame({ pane, position, isHidden }: FrameProps) {
  const { t } = useTranslation('viewer');
  const isActive = useViewer((state) => state.activePane === pane.id && state.panes.length > 1);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => (frame.current === null ? undefined : listenToPane(frame.current, pane.id)), [pane.id]);
  return (
    <section
      ref={frame}
      className={styles['pane']}
      aria-label={t('pane.label', { position })}
      data-pane={pane.id}
      data-kind={pane.content.kind}
      data-active={isActive || undefined}
      hidden={isHidden}
    >
      <Failure key={pane.content.kind}>
        <Suspense fallback={<Busy label={t('pane.loading')} />}>
          <Content pane={pane} />
        </Suspense>
      </Failure>
    </section>
  );
}
