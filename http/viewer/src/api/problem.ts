import { isRecord } from './isRecord';

/** What went wrong with a request, as the server tells it (RFC 9457) or as the network did. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    detail: string,
    readonly errors: Readonly<Record<string, readonly string[]>> = {},
    /** The whole body, for members of its own such as `current`. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** Whether the same request may succeed later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function fieldErrors(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([field, reasons]) => [field, Array.isArray(reasons) ? reasons.map(String) : []]),
  );
}

/** Returns what an answer that is not a success says. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}));
  const members = isRecord(body) ? body : {};
  const detail = typeof members['detail'] === 'string' ? members['detail'] : response.statusText;
  const errors = fieldErrors(members['errors']);
  const reasons = Object.entries(errors).map(([field, why]) => `${field}: ${why.join(' ')}`);
  return new Problem(response.status, [detail, ...reasons].filter(Boolean).join(' '), errors, members);
}
