import type { Address } from '../address';
import { hang } from '../hanging/hang';
import { openStudy } from '../study/loadStudy';

/** Opens the studies of an address and puts their series into the panes. Throws `Problem`. */
export async function openAddress({ study, compare }: Address): Promise<true> {
  const opened = compare.map(openStudy);
  await openStudy(study);
  await Promise.allSettled(opened);
  hang();
  return true;
}
