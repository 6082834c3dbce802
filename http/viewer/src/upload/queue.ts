/** What becomes of a file; `failed` may be tried again, `refused` would be refused again. */
export type UploadState = 'waiting' | 'sending' | 'stored' | 'duplicate' | 'refused' | 'failed' | 'cancelled';

export interface UploadItem {
  readonly id: number;
  readonly file: File;
  /** Where it lay below the folder that was chosen, with its name. */
  readonly path: string;
  state: UploadState;
  /** Bytes of it that are sent. */
  sent: number;
  /** Why it was refused or failed; what a ZIP held, in words of the server. */
  reason: string;
  /** What became of the files of a ZIP. */
  entries: readonly UploadResult[];
}

/** What the server says of one file. */
export interface UploadResult {
  name: string;
  status: 'stored' | 'duplicate' | 'refused';
  study_instance_uid: string;
  reason?: string;
}

/** Sends files together, and tells how many bytes of their bodies are on their way. Throws where nothing was answered. */
export type Send = (
  parts: readonly { name: string; file: File }[],
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<{ results: readonly UploadResult[]; notes: readonly string[] }>;

/** What goes into one request: small files together, so that thousands of them take few requests. */
export const batchBytes = 32 * 1024 * 1024;
export const batchFiles = 100;
const requests = 3;

export function isArchive(file: File): boolean {
  return /\.zip$/i.test(file.name) || file.type === 'application/zip' || file.type === 'application/x-zip-compressed';
}

/** Returns the first of the waiting files that go into one request; an archive goes alone. */
export function nextBatch(waiting: Iterable<UploadItem>): UploadItem[] {
  const batch: UploadItem[] = [];
  let bytes = 0;
  for (const item of waiting) {
    const full = batch.length === batchFiles || bytes + item.file.size > batchBytes;
    if (batch.length > 0 && (full || isArchive(item.file))) break;
    batch.push(item);
    bytes += item.file.size;
    if (isArchive(item.file)) break;
  }
  return batch;
}

function partName(index: number, item: UploadItem): string {
  return `${index}-${item.file.name}`;
}

/** Sums of what became of the files of an archive. */
function archiveState(results: readonly UploadResult[]): UploadState {
  if (results.some(({ status }) => status === 'stored')) return 'stored';
  return results.some(({ status }) => status === 'duplicate') ? 'duplicate' : 'refused';
}

/** Files on their way to the server, a few requests at a time. */
export class UploadQueue {
  private list: UploadItem[] = [];
  private readonly running = new Set<AbortController>();
  private readonly carried = new Map<UploadItem, AbortController>();
  private next = 1;
  private readonly found = new Set<string>();

  constructor(
    private readonly send: Send,
    /** Called after each change. */
    private readonly changed: () => void,
    /** Said of files of which an answer says nothing. */
    private readonly unanswered: () => string,
  ) {}

  get items(): readonly UploadItem[] {
    return this.list;
  }

  /** Study Instance UIDs of what is stored, in the order of arrival. */
  get studies(): readonly string[] {
    return [...this.found];
  }

  get isActive(): boolean {
    return this.list.some(({ state }) => state === 'waiting' || state === 'sending');
  }

  add(files: readonly { file: File; path: string }[]): void {
    const added = files.map(({ file, path }): UploadItem => {
      return { id: this.next++, file, path, state: 'waiting', sent: 0, reason: '', entries: [] };
    });
    this.list = [...this.list, ...added];
    this.proceed();
  }

  /** Takes a file back. What is sent with it in one request is sent anew. */
  cancel(item: UploadItem): void {
    if (item.state !== 'waiting' && item.state !== 'sending') return;
    const controller = this.carried.get(item);
    item.state = 'cancelled';
    controller?.abort();
    this.proceed();
  }

  cancelAll(): void {
    for (const item of this.list) if (item.state === 'waiting' || item.state === 'sending') item.state = 'cancelled';
    for (const controller of this.running) controller.abort();
    this.changed();
  }

  /** Sends anew what failed or was taken back. */
  retry(items: readonly UploadItem[] = this.list): void {
    for (const item of items)
      if (item.state === 'failed' || item.state === 'cancelled')
        Object.assign(item, { state: 'waiting', sent: 0, reason: '' });
    this.proceed();
  }

  /** Forgets what is done with. */
  clear(): void {
    this.list = this.list.filter(({ state }) => state === 'waiting' || state === 'sending');
    this.found.clear();
    this.changed();
  }

  private proceed(): void {
    while (this.running.size < requests) {
      const batch = nextBatch(this.list.filter(({ state }) => state === 'waiting'));
      if (batch.length === 0) break;
      void this.carry(batch);
    }
    this.changed();
  }

  private async carry(batch: readonly UploadItem[]): Promise<void> {
    const controller = new AbortController();
    this.running.add(controller);
    for (const item of batch) {
      Object.assign(item, { state: 'sending', sent: 0 });
      this.carried.set(item, controller);
    }
    const parts = batch.map((item, index) => ({ name: partName(index, item), file: item.file }));
    try {
      const { results, notes } = await this.send(parts, (bytes) => this.progress(batch, bytes), controller.signal);
      this.settle(batch, results, notes);
    } catch (reason) {
      this.fail(batch, controller.signal.aborted, reason);
    }
    this.running.delete(controller);
    for (const item of batch) this.carried.delete(item);
    this.proceed();
  }

  private progress(batch: readonly UploadItem[], bytes: number): void {
    let left = bytes;
    for (const item of batch) {
      item.sent = Math.min(item.file.size, Math.max(0, left));
      left -= item.file.size;
    }
    this.changed();
  }

  private fail(batch: readonly UploadItem[], aborted: boolean, reason: unknown): void {
    const text = reason instanceof Error ? reason.message : String(reason);
    for (const item of batch) {
      if (item.state !== 'sending') continue;
      Object.assign(item, aborted ? { state: 'waiting', sent: 0 } : { state: 'failed', reason: text });
    }
  }

  private settle(batch: readonly UploadItem[], results: readonly UploadResult[], notes: readonly string[]): void {
    for (const { status, study_instance_uid: uid } of results)
      if (status !== 'refused' && uid !== '') this.found.add(uid);
    const [first] = batch;
    if (first !== undefined && batch.length === 1 && isArchive(first.file)) {
      const state = archiveState(results);
      Object.assign(first, { state, sent: first.file.size, entries: results, reason: notes.join(' ') });
      return;
    }
    const answers = new Map(results.map((result) => [result.name, result]));
    batch.forEach((item, index) => {
      const answer = answers.get(partName(index, item)) ?? results[index];
      if (answer === undefined) Object.assign(item, { state: 'failed', reason: this.unanswered() });
      else Object.assign(item, { state: answer.status, sent: item.file.size, reason: answer.reason ?? '' });
    });
  }
}
