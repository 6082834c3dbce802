import { useEffect } from 'react';
import { may } from '@/api/session';
import { headings } from '../types';
import { showDialog } from './dialogs';
import { flush } from './session';
import { isWritable, useEditor } from './store';
import { currentSection, fieldOf } from './writing';

/** Goes to the section before or after the one with the caret. */
function step(by: -1 | 1): void {
  const isThere = document.activeElement?.matches('textarea[data-heading]') === true;
  const place = headings.indexOf(currentSection()) + (isThere ? by : 0);
  const heading = headings[Math.max(0, Math.min(headings.length - 1, place))];
  if (heading !== undefined) fieldOf(heading)?.focus();
}

function run(event: KeyboardEvent): boolean {
  const { open } = useEditor.getState();
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === 's') void flush();
  else if (command && event.key === 'Enter') {
    if (open === null || !isWritable(open) || !may('report.sign')) return false;
    showDialog('sign');
  } else if (event.altKey && event.key === 'p') showDialog('preview');
  else if (event.altKey && event.key === 'ArrowDown') step(1);
  else if (event.altKey && event.key === 'ArrowUp') step(-1);
  else return false;
  return true;
}

/** The keys of the editor: Ctrl+S saves, Ctrl+Enter signs, Alt+P previews, Alt with arrows goes from section to section. */
export function useEditorKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      if (!run(event)) return;
      event.preventDefault();
      // Before a button with the focus takes Ctrl+Enter for a press.
      event.stopPropagation();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, []);
}
