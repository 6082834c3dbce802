let shown: () => void;

/** Resolves when an image is on the screen. */
export const firstImage = new Promise<void>((resolve) => {
  shown = resolve;
});

let isFirst = true;

/** Marks, once a page, that an image is on the screen. */
export function markFirstImage(): void {
  if (!isFirst) return;
  isFirst = false;
  performance.mark('noctis:first-image');
  shown();
}

/** Marks that another image is on the screen; observers see each mark, the page keeps the last. */
export function markSlice(): void {
  performance.clearMarks('noctis:slice-shown');
  performance.mark('noctis:slice-shown');
}
