import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../scripts/verify/arguments.ts';
import { changeLine, historyOf, recordOf, vector } from '../allocator/support/vector-records.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tirage-verify-'));
});
afterAll(() => rm(directory, { recursive: true }));

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a person does, with these bytes on its standard input. */
function runVerify(args: readonly string[], input: string | Uint8Array = ''): Promise<Answer> {
  const child = spawn(process.execPath, ['scripts/verify.ts', ...args]);
  const answer = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    answer.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    answer.err += chunk;
  });
  // It may have its verdict, and be gone, before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...answer }));
  });
}

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

const history = historyOf(vector('crowd-0'), [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]);
const drand = recordOf(vector('crowd-0'), history).join('');
const operator = recordOf(vector('one-of-three'));
const isOneLine = /^[\x20-\x7e]+\n$/;

describe('a right record', () => {
  test('exits 0 with one line of counts, and says nothing else', async () => {
    const answer = await runVerify([await save('right.ndjson', drand)]);
    expect(answer).toMatchObject({ code: 0, err: '' });
    expect(answer.out).toMatch(isOneLine);
    expect(answer.out).toMatch(/^verified draw crowd-0 of prefecture 92: 40 entries, /);
    expect(answer.out).toContain(
      `, ${history.length} events; entropy from drand quicknet; a manifest`,
    );
  });

  test('is read from standard input, packed or not, whatever its name', async () => {
    const packed = gzipSync(drand);
    for (const [args, input] of [
      [['-'], drand],
      [['-'], packed],
      [[await save('record.ndjson.gz', packed)], ''],
      [[await save('record.txt', packed)], ''],
    ] as const) {
      expect(await runVerify(args, input)).toMatchObject({ code: 0, err: '' });
    }
  });

  test('is fetched from an address', async () => {
    const server = createServer((_req, res) => res.end(gzipSync(drand)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const address = `http://127.0.0.1:${port}/record`;
    expect(await runVerify([address, '--entry', 'nobody'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('entry nobody is not in draw crowd-0'),
    });
    server.close();
    const { code, err } = await runVerify([address]);
    expect({ code, err }).toEqual({
      code: 2,
      err: `cannot read ${address}: fetch failed (ECONNREFUSED)\n`,
    });
  });

  test('may come in several packed parts, as the service stores it', async () => {
    const half = drand.indexOf('\n', drand.length / 2) - 20;
    const parts = [drand.slice(0, half), drand.slice(half)].map((part) => gzipSync(part));
    expect(await runVerify(['-'], Buffer.concat(parts))).toMatchObject({ code: 0 });
  });

  test('drawn with the secret of the operator says that this is weaker', async () => {
    const { out } = await runVerify(['-'], operator.join(''));
    expect(out).toContain("entropy from the operator's secret, which is weaker");
    expect(out).toContain('3 entries, 1 place, 1 winner, 0 refills, 0 events');
  });

  test('that ends void says so', async () => {
    const lines = recordOf(vector('one-of-three'), [{ type: 'void' }]);
    expect((await runVerify(['-'], lines.join(''))).out).toContain('VOID');
  });
});

describe('a wrong record', () => {
  test('exits 1 with one line that names the first difference', async () => {
    const changed = changeLine(operator, 7, { entry: 'b' }).join('');
    expect(await runVerify(['-'], changed)).toEqual({
      code: 1,
      out: '',
      err: 'line 7: the draw gives winner a in slot s1 here\n',
    });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['not JSON', 'hello\n', 'line 1: is not JSON\n'],
    ['empty', '', 'line 1: record ends before its outcome\n'],
    ['cut in a line', operator.join('').slice(0, -9), 'line 8: must end with a line feed\n'],
    ['cut after a line', operator.slice(0, 6).join(''), 'line 7: record ends before its outcome\n'],
    ['one byte', '{', 'line 1: must end with a line feed\n'],
    ['binary', new Uint8Array([0xff, 0xfe, 0x0a]), 'line 1: is not JSON\n'],
    [
      'with a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(operator.join(''))]),
      'line 1: is not JSON\n',
    ],
    [
      'malformed in a member',
      changeLine(operator, 3, { missed: -1 }).join(''),
      'line 3: entry.missed: must be an integer, 0 or more and below 2^53\n',
    ],
  ])('exits 2 with the line: %s', async (_title, input, err) => {
    expect(await runVerify(['-'], input)).toEqual({ code: 2, out: '', err });
  });

  test('keeps to one plain line, whatever its members are called', async () => {
    const hostile = changeLine(operator, 3, { '\n\u001b[31mverified\u00e9': 1 }).join('');
    const { code, err } = await runVerify(['-'], Buffer.from(hostile, 'utf8'));
    expect(code).toBe(2);
    expect(err).toMatch(isOneLine);
  });

  test('shows the letters of French, and nothing that turns a line around or ends it', async () => {
    const text = readFileSync('examples/audit/register-void.ndjson', 'utf8');
    const reason = 'créneaux saisis deux fois\u202e\u0085';
    const register = text.replace('two slots were entered twice', reason);
    const { out } = await runVerify(['--register', '-', '--draw', '20261123-void01'], register);
    expect(out).toContain(
      'VOID (before_freeze) by key k7r2: créneaux saisis deux fois\\u202e\\u0085\n',
    );
  });
});

test.each([
  ['--certificate', 'x'],
  ['--receipt', 'x'],
  ['--entry', 'x', '--register', 'y'],
  ['--register', ''],
  ['a', '--checkpoint', 'x', '--checkpoint', 'y', '--checkpoint', 'z'],
])('options that do not go together are refused: %s %s', (...args) => {
  expect(() => readArguments(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('the command says how it is used', async () => {
  const { code, out } = await runVerify(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('--receipt FILE');
});

describe('what cannot be read', () => {
  test.each<[string, () => string[] | Promise<string[]>]>([
    ['a missing file', () => [join(directory, 'nowhere.ndjson')]],
    ['a directory', () => [directory]],
    ['no file', () => []],
    ['two files', () => ['a', 'b']],
    ['an unknown option', () => ['--fast', '-']],
    [
      'a packed file cut short',
      async () => [await save('cut.gz', gzipSync(drand).subarray(0, 900))],
    ],
    [
      'a packed file with something after it',
      async () => [await save('tail.gz', Buffer.concat([gzipSync(drand), Buffer.from('tail')]))],
    ],
  ])('exits 2 with one line and no stack: %s', async (_title, args) => {
    const { code, out, err } = await runVerify(await args());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(isOneLine);
    expect(err).not.toContain('    at ');
  });
});
