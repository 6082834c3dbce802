import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** What a dialog is given. */
export interface DialogProps {
  onClose: () => void;
}

/** Every dialog by its id, which `viewer.set({ dialog })` opens. Each feature lists its own. */
export const dialogs: Readonly<Record<string, LazyExoticComponent<ComponentType<DialogProps>>>> = {
  export: lazy(() => import('../export/ExportDialog')),
  print: lazy(() => import('../export/PrintDialog')),
  help: lazy(() => import('./HelpSheet')),
  protocols: lazy(() => import('./ProtocolsDialog')),
};
