/** Runs work at once, and again after `pause` ms at the earliest, by key: of what is asked meanwhile the last is done. */
export class Coalescer {
  private readonly resting = new Map<string, (() => void) | null>();

  constructor(private readonly pause: number) {}

  run(key: string, work: () => void): void {
    if (this.resting.has(key)) {
      this.resting.set(key, work);
      return;
    }
    this.resting.set(key, null);
    setTimeout(() => this.wake(key), this.pause);
    work();
  }

  private wake(key: string): void {
    const next = this.resting.get(key) ?? null;
    this.resting.delete(key);
    if (next !== null) this.run(key, next);
  }
}
