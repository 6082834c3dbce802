import { create } from 'zustand';
import { problemOf, Problem } from './problem';
import type { components } from './schema';

export type User = components['schemas']['user'];

/** Who is logged in, and what their requests must carry. */
export interface Session {
  user: User;
  csrf_token: string;
  /** Seconds until the session ends at the latest. */
  expires_in: number;
  /** Seconds without a request after which it ends. */
  idle_timeout: number;
}

interface SessionState {
  session: Session | null;
  /** When the server last heard from this user (ms since the epoch). */
  lastRequest: number;
}

/** The session of this page; `null` before it is known and after it ended. */
export const useSession = create<SessionState>(() => ({ session: null, lastRequest: Date.now() }));

const path = '/api/auth/session/';

async function adopt(response: Response): Promise<Session> {
  if (!response.ok) throw await problemOf(response);
  const session = (await response.json()) as Session;
  useSession.setState({ session, lastRequest: Date.now() });
  return session;
}

/** Asks who is logged in. Throws `Problem` (401 where nobody is). */
export async function resumeSession(): Promise<Session> {
  return adopt(await fetch(path).catch(unreachable));
}

/** Begins a session. Throws `Problem`. */
export async function logIn(username: string, password: string): Promise<Session> {
  const body = JSON.stringify({ username, password });
  const headers = { 'Content-Type': 'application/json' };
  return adopt(await fetch(path, { method: 'POST', headers, body }).catch(unreachable));
}

/** Ends the session at the server and goes to the login page. */
export async function logOut(): Promise<void> {
  await fetch(path, { method: 'DELETE', headers: csrfHeaders() }).catch(() => undefined);
  useSession.setState({ session: null });
  location.assign('/login/');
}

/** Goes to the login page, which comes back to where the user is now. */
export function goToLogin(): void {
  location.assign(`/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** What requests that change something must carry. */
export function csrfHeaders(): Record<string, string> {
  const token = useSession.getState().session?.csrf_token;
  return token === undefined ? {} : { 'X-CSRF-Token': token };
}

export function may(permission: string): boolean {
  return useSession.getState().session?.user.permissions.includes(permission) ?? false;
}

export function unreachable(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
  throw new Problem(0, 'The server cannot be reached. Check the network; this page tries again by itself.');
}
