import { useTranslation } from 'react-i18next';
import { goToImage } from '../commands/stackActions';
import { usePaneView } from './paneView';
import styles from './ScrollBar.module.css';

/** Where a stack is, and a way to any of its images. */
export function ScrollBar({ pane }: { pane: string }) {
  const { t } = useTranslation('viewer');
  const { index, count } = usePaneView(pane);
  if (count < 2) return null;
  return (
    <input
      type="range"
      className={styles['bar']}
      aria-label={t('pane.position')}
      min={1}
      max={count}
      value={index + 1}
      onChange={({ currentTarget }) => goToImage(Number(currentTarget.value) - 1, pane)}
    />
  );
}
