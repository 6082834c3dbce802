import { fetchGuarded } from '@/api/client';
import { Problem } from '@/api/problem';
import { create } from 'zustand';
import type { HangingProtocol } from './protocol';

const name = 'hanging-protocols';
const path = `/api/preferences/${name}/`;

interface OwnProtocols {
  protocols: readonly HangingProtocol[];
  /** The version at the server; 0 where there is none yet. */
  version: number;
}

/** The user's own protocols, as the server has them. */
export const useOwnProtocols = create<OwnProtocols>(() => ({ protocols: [], version: 0 }));

interface Answer {
  name: string;
  value: unknown;
  version: number;
}

function adopt({ value, version }: Answer): readonly HangingProtocol[] {
  const protocols = Array.isArray(value) ? (value as HangingProtocol[]) : [];
  useOwnProtocols.setState({ protocols, version });
  return protocols;
}

/** Reads the user's protocols; none where there are none, or where they cannot be read. */
export async function readOwnProtocols(): Promise<readonly HangingProtocol[]> {
  try {
    // The list, since asking for a document that is not there yet would be an error.
    const response = await fetchGuarded('/api/preferences/');
    const { results } = (await response.json()) as { results: readonly Answer[] };
    const own = results.find((one) => one.name === name);
    return own === undefined ? [] : adopt(own);
  } catch {
    return [];
  }
}

/** Keeps the user's protocols at the server. Throws `Problem`; 409 where they were changed elsewhere meanwhile. */
export async function saveOwnProtocols(protocols: readonly HangingProtocol[]): Promise<void> {
  const { version } = useOwnProtocols.getState();
  const body = JSON.stringify({ value: protocols, version });
  try {
    const response = await fetchGuarded(path, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
    adopt((await response.json()) as Answer);
  } catch (error) {
    if (error instanceof Problem && error.status === 409) await readOwnProtocols();
    throw error;
  }
}
