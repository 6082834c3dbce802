import { commands } from '../commands/all';
import { viewer } from '../state';
import { keysOf } from './keys';

/** Whether keys belong to what has the focus: to a field, a menu, a dialog. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isField = target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox';
  return (
    isField ||
    target.isContentEditable ||
    target.closest('textarea, select, [role=dialog], [role=menu], [role=listbox]') !== null
  );
}

/** Whether the key works the control that has the focus. */
function worksControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const isButton = target.closest('button, a, [role=button]') !== null;
  if (isButton && (event.key === 'Enter' || event.key === ' ')) return true;
  return target instanceof HTMLInputElement && /^(Arrow|Page|Home|End)/.test(event.key);
}

/** Whether another part of the page used the key. Cornerstone takes every key over an image, and needs none. */
function isUsed({ defaultPrevented, target }: KeyboardEvent): boolean {
  return defaultPrevented && !(target instanceof HTMLElement && target.closest('[data-viewport]') !== null);
}

function pressed(event: KeyboardEvent): void {
  if (isUsed(event) || isTaken(event.target) || worksControl(event)) return;
  const keys = keysOf(event);
  const state = viewer.get();
  const command = commands.find((one) => one.keys === keys && one.isAvailable?.(state) !== false);
  if (command === undefined) return;
  event.preventDefault();
  void command.run();
}

/** Runs commands by their keys until the returned function is called. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', pressed);
  return () => window.removeEventListener('keydown', pressed);
}
