declare module 'dcmjs' {
  /** The part of dcmjs that this application uses. */
  export const data: {
    DicomMetaDictionary: { dictionary: Readonly<Record<string, { name: string; vr: string } | undefined>> };
  };
}
