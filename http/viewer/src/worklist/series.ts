import { useQuery } from '@tanstack/react-query';
import { fetchDataSets } from '@/viewer/study/dataSets';
import { number, text, type DataSet } from '@/viewer/study/dicomJson';

/** A series as the details of a study list it. */
export interface SeriesSummary {
  uid: string;
  number: number | undefined;
  modality: string;
  description: string;
  instances: number;
  /** Path of a picture of it, at most `size` pixels wide and high; null where it has no pixels. */
  thumbnail: (size: number) => string | null;
}

/** Modalities of what has nothing to show as a picture. */
const withoutPixels: ReadonlySet<string> = new Set(
  'AU DOC ECG EPS FID HD KO PLAN PR REG RESP RTPLAN RTRECORD RTSTRUCT RWV SR TEXTUREMAP'.split(' '),
);

function picture(study: string, series: string, size: number): string {
  return `/dicom-web/studies/${study}/series/${series}/thumbnail?viewport=${size},${size}`;
}

function summary(study: string, data: DataSet): SeriesSummary {
  const uid = text(data, '0020000E');
  const modality = text(data, '00080060');
  return {
    uid,
    number: number(data, '00200011'),
    modality,
    description: text(data, '0008103E'),
    instances: number(data, '00201209') ?? 0,
    thumbnail: (size) => (withoutPixels.has(modality) ? null : picture(study, uid, size)),
  };
}

/** The series of a study by their numbers; `instances` (how many the study has) makes the list follow its growth. */
export function useSeries(study: string, instances: number) {
  return useQuery({
    queryKey: ['series', study, instances],
    queryFn: async ({ signal }) => {
      const found = await fetchDataSets(`/dicom-web/studies/${study}/series`, signal);
      return found
        .map((data) => summary(study, data))
        .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.uid.localeCompare(b.uid));
    },
    placeholderData: (before, query) => (query?.queryKey[1] === study ? before : undefined),
  });
}
