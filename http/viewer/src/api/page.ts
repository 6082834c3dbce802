/** A page of a list of the REST interface. */
export interface Page<T> {
  count: number;
  /** There are more than `count`. */
  count_is_capped?: boolean;
  next: string | null;
  previous: string | null;
  results: readonly T[];
}
