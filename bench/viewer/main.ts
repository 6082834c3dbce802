import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { withBench, type Bench } from './bench';
import * as noctis from './noctis';
import * as ohif from './ohif';
import { median, render } from './table';

type Measure = (bench: Bench) => Promise<noctis.Figures>;
type Unit = 'ms' | 'KB' | 'GB';

/** What is asked for, beside what Noctis and OHIF do. */
interface Row {
  part: string;
  figure: string;
  name: string;
  unit: Unit;
  target?: number;
}

const parts: Record<string, { noctis: Measure; ohif?: Measure }> = {
  worklist: { noctis: noctis.worklist, ohif: ohif.list },
  arrival: { noctis: (bench) => noctis.arrivals(bench, 5) },
  stack: { noctis: noctis.stack, ohif: ohif.stack },
  mpr: { noctis: noctis.mpr, ohif: ohif.mpr },
};

const rows: Row[] = [
  {
    part: 'worklist',
    figure: 'usable',
    name: 'worklist usable, nothing cached',
    unit: 'ms',
    target: 1000,
  },
  {
    part: 'worklist',
    figure: 'usableAgain',
    name: 'worklist usable, again',
    unit: 'ms',
  },
  {
    part: 'worklist',
    figure: 'script',
    name: 'script of the worklist, gzip',
    unit: 'KB',
    target: 350,
  },
  {
    part: 'arrival',
    figure: 'arrival',
    name: 'stored instance in an open worklist',
    unit: 'ms',
    target: 500,
  },
  {
    part: 'stack',
    figure: 'first',
    name: 'first image, nothing cached',
    unit: 'ms',
  },
  {
    part: 'stack',
    figure: 'firstAgain',
    name: 'first image, application cached',
    unit: 'ms',
    target: 500,
  },
  {
    part: 'stack',
    figure: 'whole',
    name: 'CT of 123 slices whole, nothing cached',
    unit: 'ms',
  },
  {
    part: 'stack',
    figure: 'wholeAgain',
    name: 'CT of 123 slices whole, application cached',
    unit: 'ms',
    target: 3000,
  },
  {
    part: 'stack',
    figure: 'scroll',
    name: 'scroll to a loaded slice',
    unit: 'ms',
    target: 40,
  },
  {
    part: 'mpr',
    figure: 'mpr',
    name: 'MPR of 300 × 512 × 512, from navigation',
    unit: 'ms',
    target: 8000,
  },
  {
    part: 'mpr',
    figure: 'mprAfterAsking',
    name: 'MPR, from asking for it',
    unit: 'ms',
  },
  {
    part: 'mpr',
    figure: 'memory',
    name: 'memory of the browser at MPR, peak',
    unit: 'GB',
    target: 1.5,
  },
];

const usage = `usage: ./bench.sh viewer [options]
The web application in headless Chromium with software rendering, beside OHIF on the same server in the same run.
  --runs N       runs, of whose figures the median is printed (default 5); the two take turns
  --quick        one run
  --only a,b     of ${Object.keys(parts).join(', ')}
  --no-ohif      Noctis alone
  --json FILE    every figure of every run`;

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(parts).join(',') },
    ohif: { type: 'boolean', default: true },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowNegative: true,
});

type Results = Record<string, Record<string, number[]>>;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function measure(results: Results, who: string, part: string, bench: Bench, take: Measure): Promise<void> {
  try {
    for (const [figure, value] of Object.entries(await take(bench))) {
      const all = (results[who] ??= {});
      (all[`${part}.${figure}`] ??= []).push(value);
    }
  } catch (reason) {
    say(`without ${who}, ${part}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

async function measureAll(results: Results): Promise<void> {
  const runs = given.quick ? 1 : Number(given.runs);
  await withBench(async (bench) => {
    for (let number = 1; number <= runs; number += 1) {
      for (const part of given.only.split(',')) {
        const takers = parts[part];
        if (takers === undefined) throw new Error(`no part is called ${part}`);
        say(`run ${number}: ${part}`);
        await measure(results, 'noctis', part, bench, takers.noctis);
        if (given.ohif && takers.ohif !== undefined) await measure(results, 'ohif', part, bench, takers.ohif);
      }
    }
  });
}

const scale: Record<Unit, number> = { ms: 1, KB: 1 / 1024, GB: 1 / 1024 ** 3 };

function shown(value: number | undefined, unit: Unit): string {
  return value === undefined ? '' : (value * scale[unit]).toFixed(unit === 'GB' ? 2 : 0);
}

function lines(results: Results): string[][] {
  return rows.flatMap(({ part, figure, name, unit, target }) => {
    const [ours, theirs] = ['noctis', 'ohif'].map((who) =>
      results[who]?.[`${part}.${figure}`]?.filter(Number.isFinite),
    );
    if (ours === undefined && theirs === undefined) return [];
    const [own, other] = [ours, theirs].map((values) => (values?.length ? median(values) : undefined));
    const ratio = own === undefined || other === undefined ? '' : `${(other / own).toFixed(1)} ×`;
    const limit = target === undefined ? '' : `≤ ${target}`;
    const worst = ours?.length ? shown(Math.max(...ours), unit) : '';
    return [[`${name}, ${unit}`, limit, shown(own, unit), worst, shown(other, unit), ratio]];
  });
}

if (given.help) {
  console.log(usage);
} else {
  const results: Results = {};
  await measureAll(results);
  console.log(render(['figure', 'target', 'Noctis', 'worst', 'OHIF', 'OHIF/Noctis'], lines(results)));
  if (given.json !== undefined) {
    await mkdir(dirname(given.json), { recursive: true });
    await writeFile(given.json, `${JSON.stringify(results, null, 2)}\n`);
  }
}
