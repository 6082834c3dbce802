import { FileText } from 'lucide-react';
import { useState } from 'react';
import styles from './Thumbnail.module.css';

interface ThumbnailProps {
  source: string;
  alt: string;
  size: number;
}

/** A picture that loads when it comes into view; a sign in its place where there is none to be had. */
export function Thumbnail({ source, alt, size }: ThumbnailProps) {
  const [missing, setMissing] = useState('');
  const box = { width: size, height: size };
  if (missing === source)
    return (
      <span className={styles['thumbnail']} style={box} role="img" aria-label={alt}>
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
