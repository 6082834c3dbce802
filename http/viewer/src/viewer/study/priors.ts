import { fetchDataSets } from './dataSets';
import { number, text, texts } from './dicomJson';
import type { Patient } from './model';

/** Another study of a patient. */
export interface Prior {
  uid: string;
  date: string;
  description: string;
  modalities: readonly string[];
  images: number;
}

/** Returns the patient's other studies, newest first; none where the patient has no ID. Throws `Problem`. */
export async function fetchPriors({ id, issuer }: Patient, except: readonly string[]): Promise<Prior[]> {
  if (id === '') return [];
  const query = new URLSearchParams({ PatientID: id, limit: '100' });
  if (issuer !== '') query.set('IssuerOfPatientID', issuer);
  const found = await fetchDataSets(`/dicom-web/studies?${query.toString()}`);
  return found
    .filter((data) => text(data, '00100021') === issuer)
    .map((data) => ({
      uid: text(data, '0020000D'),
      date: text(data, '00080020'),
      description: text(data, '00081030'),
      modalities: texts(data, '00080061'),
      images: number(data, '00201208') ?? 0,
    }))
    .filter(({ uid }) => !except.includes(uid))
    .sort((a, b) => b.date.localeCompare(a.date));
}
