import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { headerOf } from '../links/nearestImage';
import { useViewer } from '../state';
import { readPatient } from '../study/readStudy';
import { usePaneImages } from './paneView';
import styles from './PatientWarning.module.css';

/** Who an image is of, so that two spellings of one ID are two patients. */
function identity(imageId: string): string | undefined {
  const header = headerOf(imageId);
  if (header === undefined) return undefined;
  const { id, issuer, name, birthDate } = readPatient(header);
  return JSON.stringify([id.trim(), issuer.trim(), name.Alphabetic?.trim(), birthDate]);
}

/** Warns when the images on the screen are not all of the same patient. */
export function PatientWarning() {
  const { t } = useTranslation('viewer');
  const panes = useViewer((state) => state.panes);
  const images = usePaneImages(panes.map(({ id }) => id));
  const patients = new Set(images.map(identity).filter((one) => one !== undefined));
  if (patients.size < 2) return null;
  return (
    <p role="alert" className={styles['warning']}>
      <TriangleAlert aria-hidden /> {t('differentPatients')}
    </p>
  );
}
