import type { PaneContent } from '../state';

export type ContentOf<K extends PaneContent['kind']> = Extract<PaneContent, { kind: K }>;

export interface PaneProps<K extends PaneContent['kind']> {
  /** The pane's id, which its viewport takes. */
  id: string;
  content: ContentOf<K>;
}
