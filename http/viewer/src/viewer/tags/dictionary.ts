/** Names and keywords of attributes. */
export interface TagNames {
  /** The keyword of a tag (`GGGGEEEE`), `''` where it is unknown. */
  keywordOf: (tag: string) => string;
}

/** Loads the dictionary of standard attributes; large, so only when somebody looks at tags. */
export async function loadTagNames(): Promise<TagNames> {
  const { data } = await import('dcmjs');
  const { dictionary } = data.DicomMetaDictionary;
  return {
    keywordOf: (tag) => dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`]?.name ?? '',
  };
}
