import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fromRoot, programs } from './paths';

const run = promisify(execFile);

export const adminPassword = 'correct horse 7 battery';

/** Where a running Noctis is. */
export interface Place {
  data: string;
  httpPort: number;
  dicomPort: number;
}

/** A study as the worklist shows it, as far as tests look at it. */
export interface StudyRow {
  id: number;
  study_instance_uid: string;
  study_description: string;
  status: string;
  priority: string;
  number_of_series: number;
  number_of_instances: number;
  patient: { patient_id: string; patient_name: string };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Calls `ask` until it gives something other than undefined. Throws after `seconds`. */
export async function eventually<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A whole Noctis with a data directory and ports of its own, started and stopped by the commands that people use. */
export class System {
  private bearer: Promise<string> | undefined;

  constructor(readonly place: Place) {}

  /** One in a new directory (or this one), with `config` as its config.json; it does not run yet. */
  static async create(config: object, directory?: string): Promise<System> {
    const data = directory ?? (await mkdtemp(join(tmpdir(), 'noctis-browser-')));
    await mkdir(data, { recursive: true });
    await chmod(data, 0o711);
    await writeFile(join(data, 'config.json'), JSON.stringify(config));
    return new System({ data, httpPort: await freePort(), dicomPort: await freePort() });
  }

  /** Starts it, if it does not run already. */
  async start(): Promise<void> {
    await this.script('./start-dev.sh', '--detach');
  }

  get url(): string {
    return `http://127.0.0.1:${this.place.httpPort}`;
  }

  private async script(...command: [string, ...string[]]): Promise<void> {
    const { PATH, HOME, LANG, TERM } = process.env;
    const env = {
      ...{ PATH, HOME, LANG, TERM },
      NOCTIS_DATA: this.place.data,
      HTTP_PORT: String(this.place.httpPort),
      DICOM_SCP_PORT: String(this.place.dicomPort),
      NOCTIS_ADMIN_PASSWORD: adminPassword,
      NOCTIS_PROGRAMS: programs,
    };
    await run(command[0], command.slice(1), { cwd: fromRoot(), env, timeout: 300_000 });
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.script('./stop.sh');
    const database = await realpath(join(this.place.data, 'postgres')).catch(() => undefined);
    await rm(this.place.data, { recursive: true, force: true });
    if (database !== undefined) await rm(database, { recursive: true, force: true });
  }

  /** Runs noctisctl as an operator would, who knows the data directory only; returns what it prints. */
  async ctl(args: string[], env: Record<string, string> = {}): Promise<string> {
    const { PATH } = process.env;
    const options = { env: { PATH, NOCTIS_DATA: this.place.data, ...env } };
    return (await run(join(programs, 'noctisctl'), args, options)).stdout;
  }

  async addUser(name: string, role: string, fullName: string, password: string): Promise<void> {
    const args = ['user', 'add', name, '--role', role, '--full-name', fullName];
    await this.ctl(args, { NOCTIS_ADMIN_PASSWORD: password });
  }

  private async token(): Promise<string> {
    const answer = await fetch(`${this.url}/api/auth/token/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: adminPassword }),
    });
    if (!answer.ok) throw new Error(`no token for admin: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { access: string }).access;
  }

  /** A request as the administrator. Throws when it does not succeed. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    this.bearer ??= this.token();
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${await this.bearer}`);
    const answer = await fetch(this.url + path, { ...init, headers });
    if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.request(path)).json()) as T;
  }

  async study(uid: string): Promise<StudyRow | undefined> {
    return (await this.json<{ results: StudyRow[] }>(`/api/studies/?study_instance_uid=${uid}`)).results[0];
  }

  /** Sends files, or directories with all below them, over DICOM (C-STORE). */
  async send(...paths: string[]): Promise<void> {
    const target = ['127.0.0.1', String(this.place.dicomPort)];
    await run('storescu', ['-aec', 'RUST_SCP', ...target, '+sd', '+r', ...paths.map((path) => resolve(path))], {
      timeout: 300_000,
      maxBuffer: 1 << 26,
    });
  }

  /** Waits until a study has so many instances; returns its row. */
  async arrived(uid: string, instances: number): Promise<StudyRow> {
    return eventually(`${instances} instances of ${uid}`, 60, async () => {
      const row = await this.study(uid);
      return row !== undefined && row.number_of_instances >= instances ? row : undefined;
    });
  }

  log(): Promise<string> {
    return readFile(join(this.place.data, 'logs/noctisd.log'), 'utf8');
  }
}
