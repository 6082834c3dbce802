import { Layers, ListChecks, ScanSearch, Settings2, Tags, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A panel at the side of the images. */
export interface Panel {
  /** The title is `panels.<id>` in the viewer's language file. */
  id: string;
  icon: LucideIcon;
  content: LazyExoticComponent<ComponentType>;
}

export const panels: readonly Panel[] = [
  { id: 'measurements', icon: ListChecks, content: lazy(() => import('../annotations/Measurements')) },
  { id: 'volume', icon: Settings2, content: lazy(() => import('../volume/VolumePanel')) },
  { id: 'segments', icon: Layers, content: lazy(() => import('../segmentation/SegmentsPanel')) },
  { id: 'analyses', icon: ScanSearch, content: lazy(() => import('../analyses/AnalysesPanel')) },
  { id: 'tags', icon: Tags, content: lazy(() => import('../tags/TagBrowser')) },
];
