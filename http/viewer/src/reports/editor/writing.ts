import type { Heading } from '../types';

let last: Heading | null = null;

/** Notes in which section the caret is; what is inserted from elsewhere goes there. */
export function noteSection(heading: Heading): void {
  last = heading;
}

/** The field of a section, while it can be written in. */
export function fieldOf(heading: Heading): HTMLTextAreaElement | null {
  return document.querySelector(`textarea[data-heading="${heading}"]`);
}

/** The section in which the caret is or was; at first the findings. */
export function currentSection(): Heading {
  return last ?? 'findings';
}

/** Puts text in place of a part of a field, so that it can be undone by keys; the caret comes behind it. */
export function replaceText(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.focus();
  field.setSelectionRange(start, end);
  // There is no other way that keeps the browser's own undoing.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isDone = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (isDone || (start === end && text === '')) return;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Puts text at the caret of a section, apart from the word before it. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  const { selectionStart, selectionEnd, value } = field;
  const before = value.slice(0, selectionStart);
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  replaceText(field, selectionStart, selectionEnd, gap + text);
}

/** Selects a part of a field, or sets the caret where `start` is `end`. */
export function select(field: HTMLTextAreaElement, start: number, end: number): void {
  field.focus();
  field.setSelectionRange(start, end);
}
