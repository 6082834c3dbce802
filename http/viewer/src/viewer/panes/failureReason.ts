/** Returns what a loader's error says; a request's error by its status. */
export function reasonOf(error: unknown): string {
  if (error instanceof XMLHttpRequest)
    return error.status === 0 ? 'The server cannot be reached.' : `HTTP ${error.status}`;
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'error' in error) return reasonOf(error.error);
  return String(error);
}
