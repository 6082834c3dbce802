import type { LucideIcon } from 'lucide-react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** A panel at the side of the images. */
export interface Panel {
  /** The title is `panels.<id>` in the viewer's language file. */
  id: string;
  icon: LucideIcon;
  content: LazyExoticComponent<ComponentType>;
}

export const panels: readonly Panel[] = [];
