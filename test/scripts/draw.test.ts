import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { drawExample, signature } from '../allocator/support/draw-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tirage-draw-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function draw(args: readonly string[], input = '') {
  const child = spawn(process.execPath, ['scripts/draw.ts', ...args]);
  child.stdin.end(input);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, line] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, out, line };
}

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** All of them come out through the library; these, through the command too. */
const few = ['empty', 'one-of-three', 'crowd-1', 'windows', 'v2-party', 'v2-crowd-1'].map(
  drawExample,
);
const { file, expected } = drawExample('crowd-0');
const changed = (members: object) => JSON.stringify({ ...file, ...members });
const withManifest = (members: object) => changed({ manifest: { ...file.manifest, ...members } });

describe('the offline draw', () => {
  test.each(few)(
    '$name comes out bit for bit',
    async ({ name, file: example, expected: result }) => {
      const path = write(`${name}.json`, JSON.stringify(example, null, 2));
      expect(await draw([path])).toEqual({ code: 0, out: `${JSON.stringify(result)}\n`, line: '' });
    },
  );

  test('reads stdin for -, and checks a signature that is given', async () => {
    const { code, out } = await draw(['-'], changed({ signature }));
    expect({ code, out }).toEqual({ code: 0, out: `${JSON.stringify(expected)}\n` });
  });

  test('writes a record that is verified', async () => {
    const path = join(folder, 'crowd.ndjson');
    const { code, out } = await draw(['--record', path, '-'], changed({ signature }));
    expect({ code, out }).toEqual({ code: 0, out: `${JSON.stringify(expected)}\n` });
    const lines = readFileSync(path, 'utf8').match(/.*\n/g) ?? [];
    expect(verifyRecord(lines, { sha256: nodeSha256 })).toMatchObject({ verdict: 'verified' });
  });

  test('writes a record of v2 that is verified', async () => {
    const { file: example, expected: result } = drawExample('v2-crowd-2');
    const path = join(folder, 'families.ndjson');
    const input = JSON.stringify({ ...example, signature });
    const { code, out } = await draw(['--record', path, '-'], input);
    expect({ code, out }).toEqual({ code: 0, out: `${JSON.stringify(result)}\n` });
    const lines = readFileSync(path, 'utf8').match(/.*\n/g) ?? [];
    expect(lines.filter((line) => line.includes('"party"')).length).toBeGreaterThan(5);
    expect(verifyRecord(lines, { sha256: nodeSha256 })).toMatchObject({ verdict: 'verified' });
  });

  test('writes the record of an operator, without a signature', async () => {
    const { file: example } = drawExample('one-of-three');
    const path = join(folder, 'operator.ndjson');
    const { code } = await draw(['--record', path, '-'], JSON.stringify(example));
    expect(code).toBe(0);
    const lines = readFileSync(path, 'utf8').match(/.*\n/g) ?? [];
    expect(verifyRecord(lines, { sha256: nodeSha256 })).toMatchObject({ verdict: 'verified' });
  });
});

const flipped = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;
const { rules, slots, entries, entropy: source } = file.manifest;

describe('input that disagrees with itself is refused with 1', () => {
  test.each([
    [
      'a count of entries',
      withManifest({ entries: { ...entries, count: 39 } }),
      'manifest.entries.count: must be 40',
    ],
    [
      'a root of entries',
      withManifest({ entries: { ...entries, root: flipped(entries.root) } }),
      `manifest.entries.root: must be ${entries.root}`,
    ],
    [
      'a count of slots',
      withManifest({ slots: { ...slots, count: 99 } }),
      'manifest.slots.count: must be ',
    ],
    [
      'a root of slots',
      withManifest({ slots: { ...slots, root: flipped(slots.root) } }),
      `manifest.slots.root: must be ${slots.root}`,
    ],
    [
      'an entry left out',
      changed({ entries: file.entries.slice(1) }),
      'manifest.entries.count: must be 39',
    ],
    [
      'an entry that was changed',
      changed({ entries: file.entries.with(0, { ...file.entries[0], missed: 77 } as never) }),
      'manifest.entries.root: must be ',
    ],
    ['a signature of nothing', changed({ signature: '0'.repeat(96) }), 'signature: '],
    [
      'randomness of another round',
      changed({ signature, entropy: flipped(file.entropy) }),
      'signature: ',
    ],
    [
      'a round known at the freeze',
      withManifest({ frozenAt: '2023-08-23T15:59:24Z' }),
      'manifest: entropy.round 1000',
    ],
    [
      'an unknown chain',
      withManifest({ entropy: { ...source, chain: '0'.repeat(64) } }),
      'manifest: entropy.chain',
    ],
    [
      'a secret that was not committed to',
      JSON.stringify({ ...drawExample('one-of-three').file, entropy: '0'.repeat(64) }),
      'entropy: secret is not the one',
    ],
  ])('%s', async (_title, input, line) => {
    const result = await draw(['--record', join(folder, 'no.ndjson'), '-'], withSignature(input));
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.line).toMatch(/^[^\n]+\n$/);
    expect(result.line.startsWith(line)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('no.'))).toEqual([]);
  });

  test('rules that were changed give another draw: only the manifest hash tells', async () => {
    const { code, out } = await draw(['-'], withManifest({ rules: { ...rules, priorityMax: 9 } }));
    expect(code).toBe(0);
    expect(JSON.parse(out).manifestHash).not.toBe(expected.manifestHash);
  });
});

/** A record asks for the signature of drand: given, unless the input brings its own. */
function withSignature(input: string): string {
  const parsed = JSON.parse(input);
  if (parsed.manifest.entropy.source !== 'drand') return input;
  return JSON.stringify({ signature, ...parsed });
}

describe('malformed input is refused with 2', () => {
  test.each([
    [
      'a wrong member',
      ['-'],
      changed({ entries: [{ id: 'a', requestType: 'x', missed: '1' }] }),
      'entries[0].missed: must be an integer, 0 or more and below 2^53',
    ],
    [
      'a member given twice',
      ['-'],
      '{"entries":[{"missed":1,"missed":2}]}',
      'entries[0].missed: must not be given twice',
    ],
    [
      'a party of seven',
      ['-'],
      JSON.stringify({
        ...drawExample('v2-party').file,
        entries: [{ id: 'a', requestType: 'x', missed: 0, party: 7 }],
      }),
      'entries[0].party: must be an integer, 2 to 6',
    ],
    [
      'a party in a draw of v1',
      ['-'],
      changed({ entries: [{ id: 'a', requestType: 'x', missed: 0, party: 2 }] }),
      'entries[0].party: must not be given',
    ],
    ['a strange name', ['-'], changed({ 'x\r\ny': 1 }), '["x\\r\\ny"]: must not be given'],
    ['no JSON', ['-'], '{\n,', 'input: must be JSON (line 2 column 1)'],
    ['nothing', ['-'], '', 'input: must be JSON'],
    ['a byte order mark', ['-'], `\ufeff${changed({})}`, 'input: must be JSON'],
    ['no object', ['-'], '[]', 'input: must be an object'],
    ['deep nesting', ['-'], '['.repeat(100_000) + ']'.repeat(100_000), 'input: must be an object'],
    [
      'a record without a signature',
      ['--record', 'x.ndjson', '-'],
      changed({}),
      'signature: must be given, for a record to be written',
    ],
    [
      'a signature of an operator',
      ['-'],
      JSON.stringify({ ...drawExample('one-of-three').file, signature }),
      'signature: must be given for drand only',
    ],
    [
      'a record that cannot be written',
      ['--record', '/proc/none/x.ndjson', '-'],
      changed({ signature }),
      '/proc/none/x.ndjson: cannot be written (ENOENT)',
    ],
    [
      'a record in the place of a folder',
      ['--record', '/tmp', '-'],
      changed({ signature }),
      '/tmp: cannot be written (EISDIR)',
    ],
    [
      'a file that is not there',
      ['/proc/none/draw.json'],
      '',
      '/proc/none/draw.json: cannot be read (ENOENT)',
    ],
    ['a folder', ['/tmp'], '', '/tmp: cannot be read (EISDIR)'],
    ['no file', [], '', 'usage: '],
    ['two files', ['a.json', 'b.json'], '', 'usage: '],
    ['an unknown option', ['--seed', '1', '-'], '', 'usage: '],
    ['an option without its value', ['-', '--record'], '', 'usage: '],
  ])('%s', async (_title, args, input, line) => {
    const result = await draw(args, input);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.line).toMatch(/^[^\n]+\n$/);
    expect(result.line.startsWith(line)).toBe(true);
  });

  test('bytes that are no UTF-8', async () => {
    const path = write('latin1.json', Buffer.from('{"note":"é"}', 'latin1'));
    expect(await draw([path])).toEqual({
      code: 2,
      out: '',
      line: `${path}: must be UTF-8, below 512 MiB\n`,
    });
  });
});
