import { FileText } from 'lucide-react';
import { useState } from 'react';
import styles from './Thumbnail.module.css';

interface ThumbnailProps {
  /** Path of the picture; null where there is none. */
  source: string | null;
  alt: string;
  size: number;
}

/** A picture that loads when it comes into view; a sign in its place where there is none to be had. */
export function Thumbnail({ source, alt, size }: ThumbnailProps) {
  const [missing, setMissing] = useState<string | null>(null);
  const box = { width: size, height: size };
  if (source === null || missing === source)
    return (
      <span
        className={styles['thumbnail']}
        style={box}
        {...(alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
      >
        <FileText aria-hidden />
      </span>
    );
  return (
    <img
      className={styles['thumbnail']}
      src={source}
      alt={alt}
      {...box}
      loading="lazy"
      decoding="async"
      onError={() => setMissing(source)}
    />
  );
}
