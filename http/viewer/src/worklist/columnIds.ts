/** What the worklist can show of a study. */
export const columnIds = [
  'patient',
  'patientId',
  'birthDate',
  'age',
  'sex',
  'studyDate',
  'modality',
  'description',
  'bodyPart',
  'accession',
  'series',
  'instances',
  'size',
  'status',
  'priority',
  'facility',
  'referring',
  'assigned',
  'report',
  'ai',
  'arrived',
] as const;

export type ColumnId = (typeof columnIds)[number];

export const defaultColumns: readonly ColumnId[] = [
  'patient',
  'patientId',
  'age',
  'sex',
  'studyDate',
  'modality',
  'description',
  'series',
  'instances',
  'status',
  'priority',
  'report',
  'assigned',
  'accession',
  'referring',
];
