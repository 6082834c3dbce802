import { loadPreference, savePreference, type Stored } from '@/api/preferences';
import { Problem } from '@/api/problem';
import { create } from 'zustand';
import type { HangingProtocol } from './protocol';

const name = 'hanging-protocols';

interface OwnProtocols {
  protocols: readonly HangingProtocol[];
  /** The version at the server; 0 where there is none yet. */
  version: number;
}

/** The user's own protocols, as the server has them. */
export const useOwnProtocols = create<OwnProtocols>(() => ({ protocols: [], version: 0 }));

function adopt({ value, version }: Stored): readonly HangingProtocol[] {
  const protocols = Array.isArray(value) ? (value as HangingProtocol[]) : [];
  useOwnProtocols.setState({ protocols, version });
  return protocols;
}

/** Reads the user's protocols; none where there are none, or where they cannot be read. */
export async function readOwnProtocols(): Promise<readonly HangingProtocol[]> {
  try {
    const own = await loadPreference(name);
    return own === undefined ? [] : adopt(own);
  } catch {
    return [];
  }
}

/** Keeps the user's protocols at the server. Throws `Problem`; 409 where they were changed elsewhere meanwhile. */
export async function saveOwnProtocols(protocols: readonly HangingProtocol[]): Promise<void> {
  const { version } = useOwnProtocols.getState();
  try {
    adopt(await savePreference(name, protocols, version));
  } catch (error) {
    if (error instanceof Problem && error.status === 409) await readOwnProtocols();
    throw error;
  }
}
