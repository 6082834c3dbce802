import { useQuery, type QueryKey } from '@tanstack/react-query';

/** Requests with these do not keep a session alive of which the user is gone. */
export const background = { 'X-Background': '1' };

const refreshEvery = 5000;
/** For figures over days, which change slowly and cost more. */
export const figuresEvery = 30_000;

/** Reads something anew each five seconds (or `every` ms) for as long as it is shown. */
export function usePolled<T>(
  queryKey: QueryKey,
  queryFn: (signal: AbortSignal) => Promise<T>,
  every: number = refreshEvery,
) {
  return useQuery({ queryKey, queryFn: ({ signal }) => queryFn(signal), refetchInterval: every });
}
