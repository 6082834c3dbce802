import { create } from 'zustand';

type Dialog = 'sign' | 'preview';

/** The dialog over the editor, of those that keys open as well. */
export const useDialog = create<{ shown: Dialog | null }>(() => ({ shown: null }));

export function showDialog(shown: Dialog | null): void {
  useDialog.setState({ shown });
}
