import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PaneContent } from '../state';
import { EmptyPane } from './EmptyPane';
import type { PaneProps } from './paneProps';
import { StackPane } from './StackPane';

export type PaneView<K extends PaneContent['kind']> =
  ComponentType<PaneProps<K>> | LazyExoticComponent<ComponentType<PaneProps<K>>>;

type PaneViews = { [K in PaneContent['kind']]?: PaneView<K> };

/** Who shows which kind of content. */
export const paneViews: PaneViews = {
  empty: EmptyPane,
  stack: StackPane,
  mpr: lazy(() => import('../volume/MprPane')),
  fusion: lazy(() => import('../fusion/FusionPane')),
  projection: lazy(() => import('../fusion/ProjectionPane')),
  volume: lazy(() => import('../volume/VolumePane')),
  document: lazy(() => import('../documents/DocumentPane')),
};
