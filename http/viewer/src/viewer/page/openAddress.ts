import i18next from 'i18next';
import { notifyFailure } from '@/shell/notices';
import { addressFor, readAddress, type Address } from '../address';
import { applyProtocol, hang, readShownFirst } from '../hanging/hang';
import { builtIn } from '../hanging/builtIn';
import { chooseProtocol } from '../hanging/choose';
import { readOwnProtocols, useOwnProtocols } from '../hanging/ownProtocols';
import { viewer } from '../state';
import { closeStudy, openStudy } from '../study/loadStudy';

function tellNotOpened(error: unknown): void {
  notifyFailure(i18next.t('viewer:compare.failed'), error);
}

/** Opens the studies of an address and puts their series into the panes. Throws `Problem` where the first is not there. */
export async function openAddress({ study, compare }: Address): Promise<true> {
  const own = readOwnProtocols();
  const others = compare.map((uid) => openStudy(uid).catch(tellNotOpened));
  await openStudy(study);
  await Promise.all(others);
  const order = [study, ...compare];
  viewer.set(({ studies }) => ({ studies: studies.toSorted((a, b) => order.indexOf(a.uid) - order.indexOf(b.uid)) }));
  hang(await own);
  return true;
}

function changeAddress(how: (address: Address) => Address): void {
  const address = readAddress(location);
  if (address !== undefined) history.replaceState(null, '', addressFor(how(address)));
}

/** Opens another study beside the one that is open, and hangs both. */
export async function compareWith(uid: string): Promise<void> {
  try {
    await openStudy(uid);
  } catch (error) {
    tellNotOpened(error);
    return;
  }
  changeAddress(({ study, compare }) => ({ study, compare: [...new Set([...compare, uid])] }));
  const [current] = viewer.get().studies;
  const protocols = [...useOwnProtocols.getState().protocols, ...builtIn];
  const protocol = current && chooseProtocol(protocols, current, true);
  if (protocol !== undefined) applyProtocol(protocol);
  await readShownFirst();
}

/** Takes a study that is compared away. */
export function stopComparing(uid: string): void {
  changeAddress(({ study, compare }) => ({ study, compare: compare.filter((one) => one !== uid) }));
  closeStudy(uid);
}
