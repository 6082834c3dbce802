import { Suspense } from 'react';
import { useViewer, viewer } from '../state';
import { dialogs } from './all';

const close = () => viewer.set({ dialog: null });

/** The dialog that is open, if any. */
export function DialogHost() {
  const open = useViewer((state) => state.dialog);
  const Content = open === null ? undefined : dialogs[open];
  if (Content === undefined) return null;
  return (
    <Suspense fallback={null}>
      <Content onClose={close} />
    </Suspense>
  );
}
