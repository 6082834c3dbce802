const uid = /^[\d.]{1,64}$/;

/** What the page's address asks for. */
export interface Address {
  study: string;
  /** Studies beside it. */
  compare: readonly string[];
}

/** Reads `/viewer/<StudyInstanceUID>?compare=<uid>,<uid>`; `undefined` where it names no study. */
export function readAddress({ pathname, search }: { pathname: string; search: string }): Address | undefined {
  const study = /^\/viewer\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (study === undefined || !uid.test(study)) return undefined;
  const compare = (new URLSearchParams(search).get('compare') ?? '').split(',').filter((one) => uid.test(one));
  return { study, compare: [...new Set(compare)].filter((one) => one !== study) };
}

/** The page's address for these studies. */
export function addressFor({ study, compare }: Address): string {
  return `/viewer/${study}${compare.length > 0 ? `?compare=${compare.join(',')}` : ''}`;
}
