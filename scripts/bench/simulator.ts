import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './median.ts';

const run = promisify(execFile);
const warmup = 50;
/** What SimPy and we must agree on, within 2 %. */
const compared = ['everServed', 'poolBeforeDraw', 'waitMean'] as const;
const python = '/usr/bin/python3';

/** How many persons each policy is measured with, and how much faster than SimPy it must be. */
const aims = [
  { policy: 'fifo', people: 2_000_000, aim: 20 },
  { policy: 'lottery', people: 400_000, aim: 4 },
] as const;

interface Measured {
  readonly seconds: number;
  readonly people: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly simpy?: string;
  readonly sha256Share?: number;
  readonly allocatorShare?: number;
}

/**
 * Measures the overload model (150, 100, 0.1) beside the same model in SimPy, one process for each
 * person, in turn, medians of the time that each says it ran. Without SimPy (Debian:
 * `apt install python3-simpy`) it measures us alone, and says so.
 */
export async function benchSimulator(
  say: (line: string) => void,
  rounds = 3,
  scale = 1,
): Promise<string> {
  const lines: string[] = [];
  for (const { policy, people, aim } of aims) {
    lines.push(await compare(say, policy, Math.round((scale * people) / 150), aim, rounds));
  }
  lines.push(await perPolicy(Math.round((scale * 200_000) / 150)));
  lines.push(await linearity(Math.round((scale * 2_000_000) / 150)));
  return lines.join('\n');
}

async function compare(
  say: (line: string) => void,
  policy: string,
  draws: number,
  aim: number,
  rounds: number,
): Promise<string> {
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 1; round <= rounds; round++) {
    ours.push(await measure(process.execPath, 'simulator-run.ts', policy, draws, round));
    const simpy = await measure(python, 'simpy_model.py', policy, draws, round).catch(() => null);
    if (simpy) theirs.push(simpy);
    say(`${policy}: ${ours.at(-1)?.seconds.toFixed(2)} s, SimPy ${simpy?.seconds.toFixed(2)} s`);
  }
  const people = ours[0]?.people ?? 0;
  const seconds = median(ours.map((one) => one.seconds));
  const rate = `${policy}, ${people} people: ${seconds.toFixed(2)} s`;
  const where = policy === 'lottery' ? `; ${await shares(draws)}` : '';
  if (theirs.length === 0) return `${rate}${where}; SimPy is not installed: not compared`;
  const simpySeconds = median(theirs.map((one) => one.seconds));
  return (
    `${rate}, ${(simpySeconds / seconds).toFixed(1)} times as fast as SimPy ` +
    `${theirs[0]?.simpy} (${simpySeconds.toFixed(1)} s; aim ${aim}), ` +
    `figures within ${(100 * difference(ours, theirs)).toFixed(2)} % (aim 2)${where}`
  );
}

async function measure(
  program: string,
  script: string,
  policy: string,
  draws: number,
  seed: number,
  ...mode: string[]
): Promise<Measured> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(program, [
    path,
    policy,
    `${draws}`,
    `${warmup}`,
    `${seed}`,
    ...mode,
  ]);
  return JSON.parse(stdout);
}

/** The largest relative difference of a median figure. */
function difference(ours: readonly Measured[], theirs: readonly Measured[]): number {
  const differences = compared.map((name) => {
    const [mine, other] = [ours, theirs].map((all) => median(all.map((m) => m.figures[name] ?? 0)));
    return Math.abs((mine ?? 0) / (other ?? 1) - 1);
  });
  return Math.max(...differences);
}

/** Where the time of the lottery goes, by a sampling profiler. */
async function shares(draws: number): Promise<string> {
  const script = 'simulator-run.ts';
  const profiled = await measure(process.execPath, script, 'lottery', draws, 1, 'profile');
  const percent = (share = 0) => `${(100 * share).toFixed(0)} %`;
  return (
    `SHA-256 takes ${percent(profiled.sha256Share)} of the time, ` +
    `the rest of the allocator ${percent(profiled.allocatorShare)}`
  );
}

async function perPolicy(draws: number): Promise<string> {
  const rates: string[] = [];
  for (const policy of ['race', 'fifo', 'lottery', 'lottery+ageing']) {
    const { people, seconds } = await measure(
      process.execPath,
      'simulator-run.ts',
      policy,
      draws,
      1,
    );
    rates.push(`${policy} ${Math.round(people / seconds)}`);
  }
  return `people simulated a second on one core: ${rates.join(', ')}`;
}

/** Four times the people should take four times as long. */
async function linearity(draws: number): Promise<string> {
  const times: number[] = [];
  for (const size of [draws, 4 * draws]) {
    const runs: number[] = [];
    for (const seed of [1, 2, 3]) {
      const script = 'simulator-run.ts';
      runs.push((await measure(process.execPath, script, 'fifo', Math.round(size), seed)).seconds);
    }
    times.push(median(runs));
  }
  const [small = 0, large = 0] = times;
  return `four times the people: ${(large / small).toFixed(2)} times the time (fifo)`;
}

if (import.meta.main) {
  const [rounds, scale] = process.argv.slice(2).map(Number);
  console.log(await benchSimulator((line) => console.error(line), rounds, scale));
}
