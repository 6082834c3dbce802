import { create } from 'zustand';
import type { SaveState } from './autosave';
import type { KeptDraft } from './kept';
import type { Report, ReportContent } from '../types';

/** A report that is open, and what the user does with it. */
export interface OpenReport {
  /** As the server told it last. */
  report: Report;
  /** As it stands on the page. */
  content: ReportContent;
  isEditing: boolean;
  save: SaveState;
  /** Why it could not be saved. */
  problem: string | null;
  /** What is not saved yet survives the page. */
  isDurable: boolean;
  /** The report as somebody else changed it while there was text here that is not saved. */
  theirs: Report | null;
  /** Text that this browser kept and the server has not got; nothing can be written until that is decided. */
  kept: KeptDraft | null;
}

export const useEditor = create<{ open: OpenReport | null }>(() => ({ open: null }));

/** Changes what is open, if anything is. */
export function update(change: (open: OpenReport) => Partial<OpenReport>): void {
  useEditor.setState(({ open }) => ({ open: open && { ...open, ...change(open) } }));
}

/** What is open, by a selector; for components within the editor. */
export function useOpen<T>(select: (open: OpenReport) => T): T {
  return useEditor(({ open }) => {
    if (open === null) throw new Error('no report is open');
    return select(open);
  });
}

/** Whether something can be written now. */
export function isWritable({ isEditing, kept, theirs }: OpenReport): boolean {
  return isEditing && kept === null && theirs === null;
}
