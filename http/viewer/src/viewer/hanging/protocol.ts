import type { Layout, Links } from '../state';

/** Which series a pane shows. */
export interface PaneRule {
  /** The study that was opened, or the newest that it is compared with. */
  from: 'current' | 'prior';
  /** Text in the series' description; empty: any. */
  description: string;
  /** Modality of the series; empty: any. */
  modality: string;
  /** Which of the fitting series that no pane before shows, from 0. */
  place: number;
  /** A window for CT by its id; empty: the image's own. */
  window: string;
}

/** How studies of a kind are shown. */
export interface HangingProtocol {
  id: string;
  name: string;
  /** Modalities of which the study has one; empty: any. */
  modalities: readonly string[];
  /** Texts of which the body part or a description has one; empty: any. */
  bodyParts: readonly string[];
  /** Whether it is for a study that is compared with another. */
  needsPrior: boolean;
  layout: Layout;
  /** Row by row. */
  panes: readonly PaneRule[];
  links: Partial<Links>;
}

export const anySeries: PaneRule = { from: 'current', description: '', modality: '', place: 0, window: '' };
