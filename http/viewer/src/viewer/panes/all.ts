import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PaneContent } from '../state';
import { EmptyPane } from './EmptyPane';
import { StackPane } from './StackPane';

export type ContentOf<K extends PaneContent['kind']> = Extract<PaneContent, { kind: K }>;

export interface PaneProps<K extends PaneContent['kind']> {
  /** The pane's id, which its viewport takes. */
  id: string;
  content: ContentOf<K>;
}

export type PaneView<K extends PaneContent['kind']> =
  ComponentType<PaneProps<K>> | LazyExoticComponent<ComponentType<PaneProps<K>>>;

type PaneViews = { [K in PaneContent['kind']]?: PaneView<K> };

/** Who shows which kind of content. */
export const paneViews: PaneViews = {
  empty: EmptyPane,
  stack: StackPane,
  document: lazy(() => import('../documents/DocumentPane')),
};
