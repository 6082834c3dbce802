const wanted = new Map<string, string>();

/** Has a pane begin with a preset's window the next time that a stack is hung in it; `''` with the image's own. */
export function wantWindow(pane: string, preset: string): void {
  if (preset === '') wanted.delete(pane);
  else wanted.set(pane, preset);
}

/** Takes the wish of a pane, once. */
export function takeWantedWindow(pane: string): string | undefined {
  const preset = wanted.get(pane);
  wanted.delete(pane);
  return preset;
}
