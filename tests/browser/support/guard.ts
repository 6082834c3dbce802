import type { BrowserContext } from '@playwright/test';

/** Listens to what goes wrong in a browser context. What is not allowed makes the test fail. */
export class Guard {
  private readonly offences: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** Lets these pass, in this test: matched against `kind: what [address]`. Say why beside the call. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.note('console', `${message.text()} [${message.location().url}]`);
    });
    context.on('weberror', (error) => this.note('exception', error.error().stack ?? error.error().message));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // Leaving a page, or typing on, aborts what is under way.
      if (reason !== 'net::ERR_ABORTED') this.note('request', `${request.method()} ${reason} [${request.url()}]`);
    });
    context.on('response', (response) => {
      const what = `${response.request().method()} ${response.status()} [${response.url()}]`;
      if (response.status() >= 400) this.note('answer', what);
    });
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (/^https?:|^wss?:/.test(protocol) && origin !== this.origin) this.note('third party', request.url());
    });
  }

  private note(kind: string, what: string): void {
    this.offences.push(`${kind}: ${what}`);
  }

  /** What happened that was not allowed. */
  report(): string[] {
    return this.offences.filter((offence) => !this.allowed.some((pattern) => pattern.test(offence)));
  }
}
