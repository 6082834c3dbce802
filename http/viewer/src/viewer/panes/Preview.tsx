import { markFirstImage } from './marks';
import { usePreview } from './preview';
import styles from './Pane.module.css';

/** A stack's first image as the server draws it, until its own pixels are on the screen. */
export function Preview({ imageId }: { imageId: string | undefined }) {
  const url = usePreview(imageId);
  if (url === null) return null;
  return <img className={styles['preview']} src={url} alt="" onLoad={() => requestAnimationFrame(markFirstImage)} />;
}
