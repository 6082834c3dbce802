import { create } from 'zustand';

export type DialogName = 'send' | 'delete' | 'keys';

/** Which dialog of the worklist is open. */
export const useOpenDialog = create<{ open: DialogName | null }>(() => ({ open: null }));

export function showDialog(open: DialogName | null): void {
  useOpenDialog.setState({ open });
}
