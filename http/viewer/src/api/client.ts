import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf } from './problem';
import type { paths } from './schema';
import { csrfHeaders, goToLogin, unreachable, useSession } from './session';

const guarded: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(csrfHeaders())) request.headers.set(name, value);
    if (!request.headers.has('X-Background')) useSession.setState({ lastRequest: Date.now() });
    return request;
  },
  async onResponse({ response }) {
    if (response.status === 401) goToLogin();
    if (!response.ok) throw await problemOf(response);
  },
  onError({ error }) {
    unreachable(error);
  },
};

/** The REST interface, typed by the server's own OpenAPI document. Every failure is thrown as a `Problem`. */
export const api = createClient<paths>({ baseUrl: '', headers: { Accept: 'application/json' } });
api.use(guarded);

/** Fetches a path that is not JSON of the REST interface (DICOMweb, files) under the same rules. */
export async function fetchGuarded(path: string, init: RequestInit = {}): Promise<Response> {
  useSession.setState({ lastRequest: Date.now() });
  const headers = { ...Object.fromEntries(new Headers(init.headers)), ...csrfHeaders() };
  const response = await fetch(path, { ...init, headers }).catch(unreachable);
  if (response.status === 401) goToLogin();
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Returns the data of an answer of `api`, whose failures were thrown already. */
export async function dataOf<T>(answer: Promise<{ data?: T | undefined }>): Promise<T> {
  return (await answer).data as T;
}
