let isMarked = false;

/** Marks, once a page, that the list stands there and answers; for whoever measures. */
export function markUsable(): void {
  if (isMarked) return;
  isMarked = true;
  requestAnimationFrame(() => performance.mark('noctis:worklist-usable'));
}
