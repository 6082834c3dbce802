import type { KeyboardEvent } from 'react';
import { headings, type Heading, type Macro } from '../types';
import { fieldBefore, fieldFrom, fieldsOf, selectedField } from './fields';
import { macroBefore } from './macros';
import { fieldOf, replaceText, select } from './writing';

/** Goes to the first field to be filled in behind this place, here or in a later section. Returns whether there is one. */
function goToNext(heading: Heading, from: number): boolean {
  for (const one of headings.slice(headings.indexOf(heading))) {
    const area = fieldOf(one);
    const field = area && fieldFrom(area.value, one === heading ? from : 0);
    if (area === null || field == null) continue;
    select(area, field.start, field.end);
    return true;
  }
  return false;
}

function goToPrevious(heading: Heading, before: number): boolean {
  for (const one of headings.slice(0, headings.indexOf(heading) + 1).toReversed()) {
    const area = fieldOf(one);
    const field = area && fieldBefore(area.value, one === heading ? before : area.value.length);
    if (area === null || field == null) continue;
    select(area, field.start, field.end);
    return true;
  }
  return false;
}

/** Takes a field that is left as it is for its usual text. Returns where the caret is then. */
function settle(area: HTMLTextAreaElement): number {
  const { selectionStart, selectionEnd, value } = area;
  const field = selectedField(value, selectionStart, selectionEnd);
  if (field === undefined || field.usual === '') return selectionEnd;
  replaceText(area, selectionStart, selectionEnd, field.usual);
  return selectionStart + field.usual.length;
}

/** Puts a macro in place of a part of a section, and selects its first field. */
export function putMacro(area: HTMLTextAreaElement, start: number, end: number, { text }: Macro): void {
  replaceText(area, start, end, text);
  const [first] = fieldsOf(text);
  if (first !== undefined) select(area, start + first.start, start + first.end);
}

/**
 * What Tab does in a section: behind a macro's short name it puts the macro there; else it leads to the next field, and
 * Shift+Tab to the one before. Where there is none, it leads out of the section as everywhere.
 */
export function pressTab(event: KeyboardEvent<HTMLTextAreaElement>, heading: Heading, macros: readonly Macro[]): void {
  if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey || event.currentTarget.readOnly) return;
  const area = event.currentTarget;
  const { selectionStart, selectionEnd, value } = area;
  if (event.shiftKey) {
    if (goToPrevious(heading, selectionStart)) event.preventDefault();
    return;
  }
  const called = selectionStart === selectionEnd ? macroBefore(value, selectionStart, macros) : undefined;
  if (called !== undefined) {
    event.preventDefault();
    putMacro(area, called.start, selectionStart, called.macro);
    return;
  }
  if (goToNext(heading, settle(area))) event.preventDefault();
}
