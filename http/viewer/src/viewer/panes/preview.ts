import { useEffect, useState } from 'react';
import { fetchGuarded } from '@/api/client';

const previews = new Map<string, Promise<string>>();

async function fetchPreview(imageId: string): Promise<string> {
  const path = `${imageId.slice('wadors:'.length)}/rendered`;
  const response = await fetchGuarded(path, { headers: { Accept: 'image/png' } });
  return URL.createObjectURL(await response.blob());
}

/**
 * Returns the address of an image as the server draws it with its own window: shown until the pixels themselves can be,
 * so that the first image is there before the program that draws pixels.
 */
export function previewOf(imageId: string): Promise<string> {
  let preview = previews.get(imageId);
  if (preview === undefined) {
    preview = fetchPreview(imageId);
    previews.set(imageId, preview);
  }
  return preview;
}

/** `previewOf` in a component; `null` until it is there, and where there is none. */
export function usePreview(imageId: string | undefined): string | null {
  const [found, setFound] = useState<{ imageId: string; url: string } | null>(null);
  useEffect(() => {
    if (imageId === undefined) return;
    let isWanted = true;
    previewOf(imageId).then(
      (url) => isWanted && setFound({ imageId, url }),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [imageId]);
  return found !== null && found.imageId === imageId ? found.url : null;
}
