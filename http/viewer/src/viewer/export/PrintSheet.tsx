import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { PrintImage } from './printImages';
import styles from './PrintSheet.module.css';

/** Lays images on paper and prints them once all are there. On the screen there is nothing of it. */
export function PrintSheet({ images }: { images: readonly PrintImage[] }) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isGone = false;
    const pictures = [...(sheet.current?.querySelectorAll('img') ?? [])];
    void Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => {
      if (!isGone) window.print();
    });
    return () => {
      isGone = true;
      for (const { address } of images) if (address.startsWith('blob:')) URL.revokeObjectURL(address);
    };
  }, [images]);
  return createPortal(
    <div ref={sheet} className={styles['sheet']} data-count={images.length > 1 ? 'several' : 'one'}>
      {images.map(({ address, lines }) => (
        <figure key={address} className={styles['figure']}>
          <figcaption>
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </figcaption>
          <img src={address} alt="" />
        </figure>
      ))}
    </div>,
    document.body,
  );
}
