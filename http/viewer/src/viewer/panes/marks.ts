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
