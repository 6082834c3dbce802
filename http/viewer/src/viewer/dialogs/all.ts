import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { DialogProps } from './dialogProps';

/** Every dialog by its id, which `viewer.set({ dialog })` opens. Each feature lists its own. */
export const dialogs: Readonly<Record<string, LazyExoticComponent<ComponentType<DialogProps>>>> = {
  export: lazy(() => import('../export/ExportDialog')),
  print: lazy(() => import('../export/PrintDialog')),
  help: lazy(() => import('./HelpSheet')),
  protocols: lazy(() => import('./ProtocolsDialog')),
};
