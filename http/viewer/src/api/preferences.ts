import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchGuarded } from './client';
import { Problem } from './problem';
import { useSession } from './session';

interface Kept {
  value: unknown;
  /** The server's version that the value is based on; 0 where it has none. */
  version: number;
  /** The server has not got it yet. */
  unsent: boolean;
}

const background = { 'X-Background': '1', 'Content-Type': 'application/json' };

function storageKey(name: string): string {
  return `noctis.preferences.${useSession.getState().session?.user.id ?? 0}.${name}`;
}

function readKept(name: string): Kept | null {
  const text = localStorage.getItem(storageKey(name));
  return text === null ? null : (JSON.parse(text) as Kept);
}

function keep(name: string, kept: Kept): void {
  localStorage.setItem(storageKey(name), JSON.stringify(kept));
}

/** A choice as the server keeps it. */
export interface Stored {
  name: string;
  value: unknown;
  version: number;
}

/** Asks for all, as it is no failure that nobody has chosen anything yet. Throws `Problem`. */
export async function loadPreference(name: string): Promise<Stored | undefined> {
  const response = await fetchGuarded('/api/preferences/', { headers: background });
  const { results } = (await response.json()) as { results: readonly Stored[] };
  return results.find((one) => one.name === name);
}

/** Saves over `version` (0: there is none yet); returns what is stored. Throws `Problem`; 409 where that is not the last. */
export async function savePreference(name: string, value: unknown, version: number): Promise<Stored> {
  const body = JSON.stringify({ value, version });
  const response = await fetchGuarded(`/api/preferences/${name}/`, { method: 'PUT', headers: background, body });
  return (await response.json()) as Stored;
}

/** Sends what this device keeps; where another has saved meanwhile, this one's later choice stands. */
async function send(name: string): Promise<void> {
  const kept = readKept(name);
  if (kept === null) return;
  const { version } = await savePreference(name, kept.value, kept.version).catch(async (reason: unknown) => {
    if (!(reason instanceof Problem) || reason.status !== 409) throw reason;
    return savePreference(name, kept.value, (await loadPreference(name))?.version ?? 0);
  });
  const now = readKept(name) ?? kept;
  keep(name, { ...now, version, unsent: JSON.stringify(now.value) !== JSON.stringify(kept.value) });
}

const delay = 800;

/**
 * The user's own choice by this name, kept by the server and, for when it is away, on this device.
 * `read` makes a choice of whatever is stored (`undefined`: nothing yet). Needs a session.
 */
export function usePreference<T>(name: string, read: (stored: unknown) => T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(readKept(name)?.value));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const reader = useRef(read);

  useEffect(() => {
    const kept = readKept(name);
    if (kept?.unsent === true) {
      void send(name).catch(() => undefined);
      return;
    }
    void loadPreference(name)
      .then((found) => {
        if (found === undefined || readKept(name)?.unsent === true) return;
        keep(name, { value: found.value, version: found.version, unsent: false });
        setValue(reader.current(found.value));
      })
      .catch(() => undefined);
  }, [name]);

  const change = useCallback(
    (next: T) => {
      setValue(next);
      keep(name, { value: next, version: readKept(name)?.version ?? 0, unsent: true });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(name).catch(() => undefined), delay);
    },
    [name],
  );
  return [value, change];
}
