type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** Writes a key as commands name it: `Ctrl+`, `Alt+`, `Shift+` (for letters and named keys), then the key itself. */
export function keysOf({ key, ctrlKey, altKey, shiftKey, metaKey }: Pressed): string {
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const showsShift = shiftKey && (isLetter || key.length > 1);
  const plain = isLetter ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', showsShift ? 'Shift' : '', plain]
    .filter(Boolean)
    .join('+');
}
