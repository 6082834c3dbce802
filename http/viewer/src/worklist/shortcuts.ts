import { useEffect } from 'react';

/** What keys do on the worklist, in the order of the sheet that lists them. */
export interface Shortcut {
  /** As in `KeyboardEvent.key`. */
  key: string;
  /** Key of its text in `shortcuts`. */
  name: string;
  run: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Lets keys without modifiers do their work, but for where text is typed, and in menus and dialogs. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const box = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
      if (isTyping(event.target) && !box) return;
      if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-open]') !== null) return;
      const shortcut = shortcuts.find(({ key }) => key === event.key);
      if (shortcut === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      shortcut.run();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [shortcuts]);
}
