import { readdir, readFile } from 'node:fs/promises';

async function parentOf(pid: string): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
}

async function descendants(root: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const family = [String(root)];
  for (const pid of family) family.push(...pids.filter((other) => parents.get(other) === pid));
  return family;
}

/** Bytes that a process and all below it hold: proportional set size, so shared pages count once. */
export async function memoryOf(root: number): Promise<number> {
  let sum = 0;
  for (const pid of await descendants(root)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    sum += 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return sum;
}

/** The most that it held, looked at each fifth of a second until `work` ends; and what `work` gave. */
export async function peakMemory<T>(root: number, work: Promise<T>): Promise<{ peak: number; value: T }> {
  let peak = 0;
  const look = async () => (peak = Math.max(peak, await memoryOf(root)));
  const watch = setInterval(() => void look(), 200);
  try {
    const value = await work;
    await look();
    return { peak, value };
  } finally {
    clearInterval(watch);
  }
}
