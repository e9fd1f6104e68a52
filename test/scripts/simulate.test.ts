import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figureNames, type Output } from '#src/simulator/results.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tirage-simulate-'));
});
afterAll(() => rm(directory, { recursive: true }));

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, ['scripts/simulate.ts', ...args], { stdio: 'pipe' });
  const answer = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    answer.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    answer.err += chunk;
  });
  const ended = new Promise<Answer>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...answer }));
  });
  return { child, ended };
}

const simulate = (...args: string[]) => start(args).ended;

async function save(name: string, content: unknown): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const small = {
  name: 'small',
  draws: 6,
  replications: 5,
  requestTypes: {
    AES: { arrivalsPerDraw: 12, slotsPerDraw: 5, backlog: 30, abandonPerDraw: 0.1 },
    'B.c': { arrivalsPerDraw: 3, slotsPerDraw: 2, noShow: 0.2 },
  },
  sharedSlotsPerDraw: 2,
  scalpers: { identities: 4, price: 100 },
  polls: {},
};

describe('the same scenario and seed', () => {
  test('give the same bytes, on one thread or two, and another seed gives others', async () => {
    const path = await save('small.json', small);
    const csv = (name: string) => join(directory, name);
    const [one, two, other] = await Promise.all([
      simulate(path, '--seed', '1', '--json', '--threads', '1', '--csv', csv('1.csv')),
      simulate(path, '--seed', '1', '--json', '--threads', '2', '--csv', csv('2.csv')),
      simulate(path, '--seed', '2', '--json'),
    ]);
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(two).toEqual(one);
    expect(await readFile(csv('2.csv'), 'utf8')).toBe(await readFile(csv('1.csv'), 'utf8'));
    expect(other.out).not.toBe(one.out);

    const output: Output = JSON.parse(one.out);
    expect(Object.keys(output)).toEqual(['scenario', 'seed', 'results']);
    expect(output.seed).toBe(1);
    const types = ['AES', 'B.c', 'total'];
    const expected = ['race', 'fifo', 'lottery', 'lottery+ageing'].flatMap((policy) =>
      types.map((requestType) => [policy, requestType]),
    );
    const got = output.results.map(({ policy, requestType }) => [policy, requestType]);
    expect(got).toEqual(expected);
    for (const { requestType, figures, backlogUnserved } of output.results) {
      expect(Object.keys(figures)).toEqual([...figureNames]);
      expect(backlogUnserved?.mean.length).toBe(requestType === 'B.c' ? undefined : 6);
    }
    const lines = (await readFile(csv('1.csv'), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('policy,requestType,figure,mean,se');
    expect(lines.length).toBe(1 + 12 * figureNames.length + 1);
    expect(lines).toContain('fifo,AES,cimadeFailure,,');
    // Nothing is quoted that need not be, so that the simplest reader understands it.
    expect(lines).toContain('lottery+ageing,AES,cimadeFailure,,');
    expect(lines.join()).not.toContain('"');
  });
});

describe('ways to ask', () => {
  test('people get a table, and --policy and --replications replace the scenario', async () => {
    const path = await save('table.json', small);
    const { code, out } = await simulate(
      ...[path, '--seed', '3', '--policy', 'fifo', '--replications', '2'],
    );
    expect(code).toBe(0);
    expect(out).toContain('standard errors of 2 replications');
    expect(out).toMatch(/^AES +fifo$/m);
    expect(out).not.toContain('lottery');
    // Once for each request type, not for both together.
    expect(out.match(/^chance of buyers/gm)).toHaveLength(2);
  });

  test('a sweep runs every combination', async () => {
    const path = await save('sweep.json', { ...small, replications: 2 });
    const { out } = await simulate(
      ...[path, '--seed', '3', '--json', '--policy', 'fifo'],
      ...[
        '--sweep',
        'rules.ageing.ticketsPerMiss=0,2',
        '--sweep',
        'requestTypes["B.c"].noShow=0,1',
      ],
    );
    const { runs } = JSON.parse(out);
    expect(runs.map(({ set }: { set: unknown }) => JSON.stringify(set))).toEqual([
      '{"rules.ageing.ticketsPerMiss":0,"requestTypes[\\"B.c\\"].noShow":0}',
      '{"rules.ageing.ticketsPerMiss":0,"requestTypes[\\"B.c\\"].noShow":1}',
      '{"rules.ageing.ticketsPerMiss":2,"requestTypes[\\"B.c\\"].noShow":0}',
      '{"rules.ageing.ticketsPerMiss":2,"requestTypes[\\"B.c\\"].noShow":1}',
    ]);
    expect(runs[3].scenario.rules).toEqual({ ageing: { ticketsPerMiss: 2 } });
    expect(runs[3].scenario.requestTypes['B.c'].noShow).toBe(1);
  });

  test('prefectures are run apart and added up', async () => {
    const requestTypes = { AES: { arrivalsPerDraw: 9, slotsPerDraw: 5 } };
    const path = await save('prefectures.json', {
      name: 'two',
      common: { draws: 10, replications: 2, policies: ['fifo'] },
      prefectures: [
        { prefecture: '75', name: 'Paris', requestTypes },
        { prefecture: '92', requestTypes },
      ],
    });
    const { out } = await simulate(path, '--seed', '3', '--json');
    const { results, prefectures } = JSON.parse(out);
    const joined = prefectures.map((p: Output) => p.results.at(-1)?.figures.joined?.mean);
    expect(joined[0]).not.toBe(joined[1]);
    expect(results[0].figures.joined.mean).toBe(joined[0] + joined[1]);
    const csv = join(directory, 'prefectures.csv');
    const { code } = await simulate(path, '--seed', '3', '--csv', csv);
    expect(code).toBe(0);
    expect(await readFile(csv, 'utf8')).toMatch(
      /^prefecture,policy,requestType,figure,mean,se\r\n/,
    );
  });
});

describe('what is refused: exit 2, one line, nothing written', () => {
  test.each<[string, unknown, readonly string[], string]>([
    ['no seed', small, [], '--seed: '],
    ['a bad seed', small, ['--seed', '1.5'], '--seed: '],
    ['a seed of 2^53', small, ['--seed', '9007199254740992'], '--seed: '],
    ['a seed twice', small, ['--seed', '1', '--seed', '2'], '--seed: '],
    ['an unknown option', small, ['--seed', '1', '--fast'], '--fast: '],
    ['no replications', small, ['--seed', '1', '--replications', '0'], '--replications: '],
    ['an unknown policy', small, ['--seed', '1', '--policy', 'luck'], '--policy: '],
    ['a bad sweep', small, ['--seed', '1', '--sweep', 'draws'], '--sweep: '],
    ['a sweep of nothing', small, ['--seed', '1', '--sweep', 'draws='], '--sweep: draws must'],
    [
      'a member swept twice',
      small,
      ['--seed', '1', '--sweep', 'draws=1', '--sweep', '["draws"]=2'],
      '--sweep: must not name ["draws"] twice',
    ],
    ['a sweep of a list', [small], ['--seed', '1', '--sweep', 'draws=1,2'], 'scenario: '],
    [
      'prefectures without a name',
      { name: '', prefectures: [{ prefecture: '75', ...small }] },
      ['--seed', '1'],
      'name: ',
    ],
    ['a bad value in a sweep', small, ['--seed', '1', '--sweep', 'draws=1,0'], 'draws: '],
    ['a bad member', { ...small, draws: 0 }, ['--seed', '1'], 'draws: '],
    [
      'a bad member within',
      { ...small, requestTypes: { AES: { arrivalsPerDraw: 1, slotsPerDraw: 1, noShow: 7 } } },
      ['--seed', '1'],
      'requestTypes.AES.noShow: ',
    ],
    ['a member twice', '{"name":"x","name":"y"}', ['--seed', '1'], 'name: '],
    ['no JSON', '{', ['--seed', '1'], 'scenario: '],
    ['a folder for the CSV', small, ['--seed', '1', '--csv', '.'], '.: '],
    [
      'a report of a sweep',
      small,
      ['--seed', '1', '--report', 'nowhere/x', '--sweep', 'draws=1'],
      '--report: shows one scenario, so it does not go with --sweep',
    ],
    [
      'a report of prefectures',
      {
        name: 'two',
        common: { draws: 1, requestTypes: small.requestTypes },
        prefectures: [{ prefecture: '75' }],
      },
      ['--seed', '1', '--report', 'nowhere/x'],
      '--report: shows one scenario, but ',
    ],
    [
      'one file for the CSV and the report',
      small,
      ['--seed', '1', '--csv', 'nowhere/../x', '--report', './nowhere/../x'],
      '--report: must not be the file of --csv',
    ],
    ['a place that does not exist', small, ['--seed', '1', '--csv', 'nowhere/x'], 'nowhere/x: '],
  ])('%s', async (name, scenario, args, member) => {
    const path = await save(`${name.replaceAll(' ', '-')}.json`, scenario);
    const csv = join(directory, 'must-not-be.csv');
    const more = args.includes('--csv') ? [] : ['--csv', csv];
    const { code, out, err } = await simulate(path, ...args, ...more);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err.startsWith(member), err).toBe(true);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(await readdir(directory)).not.toContain('must-not-be.csv');
  });

  test('the scenario itself as the file to write', async () => {
    const path = await save('itself.json', small);
    const { code, err } = await simulate(path, '--seed', '1', '--csv', path);
    expect({ code, err }).toEqual({
      code: 2,
      err: '--csv: must not be the file of the scenario\n',
    });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(small);
  });

  test('a scenario that does not exist, and the presets are named', async () => {
    const { code, out, err } = await simulate('nothing-here', '--seed', '1');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^nothing-here: .*hauts-de-seine-2019.*france\n$/);
  });
});

test('Ctrl-C ends the command with 130, and leaves no file behind', async () => {
  const path = await save('long.json', { ...small, draws: 100_000, replications: 100 });
  const folder = await mkdtemp(join(directory, 'interrupted-'));
  const { child, ended } = start([path, '--seed', '1', '--csv', join(folder, 'x.csv')]);
  // Interrupted once it is at work: its threads have their own memory by then.
  await expect.poll(() => threadsOf(child.pid), { timeout: 15_000 }).toBeGreaterThan(12);
  child.kill('SIGINT');
  const { code, out, err } = await ended;
  expect({ code, out, err }).toEqual({ code: 130, out: '', err: '' });
  expect(await readdir(folder)).toEqual([]);
});

async function threadsOf(pid: number | undefined): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  return tasks.length;
}

test('the presets show what they are for', { timeout: 90_000 }, async () => {
  const json = async (preset: string, ...args: string[]): Promise<Output> => {
    const { code, out } = await simulate(preset, '--seed', '1', '--json', ...args);
    expect(code).toBe(0);
    return JSON.parse(out);
  };
  const seine = await json('hauts-de-seine-2019', '--policy', 'race', '--replications', '2');
  const failures = seine.results.slice(0, 4).map(({ figures }) => figures.cimadeFailure?.mean ?? 0);
  for (const [index, failure] of [1, 0.99, 0.82, 0.42].entries()) {
    expect(Math.abs((failures[index] ?? 0) - failure)).toBeLessThan(0.02);
  }
  const toy = await json('scalping-toy', '--replications', '300', '--policy', 'race,lottery');
  const shares = toy.results.map(({ figures }) => figures.botShareAtRelease?.mean);
  expect(shares[0]).toBe(1);
  expect(shares[2]).toBeCloseTo(2 / 7, 1);
  const low = await json('scalping-toy-low', '--replications', '50', '--policy', 'lottery');
  expect(low.results[0]?.figures.profitPerDraw?.mean).toBeLessThan(0);
  await json('steady-state', '--replications', '1', '--policy', 'fifo');
  await json('overload', '--replications', '1', '--policy', 'fifo');
});
