import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { hourMs } from '#src/base/units.ts';
import { registerLeaf } from '#src/domain/register/leaf.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { auditLine, noLines } from '#src/transparency/audit-chain.ts';
import { checkAuditLog } from '../../scripts/audit/check.ts';

const heads = [noLines];
const lines = ['un', 'deux', 'trois — créneaux faux'].map((reason) => {
  const draft = { kind: 'change', agent: 'a', role: 'agent', operation: 'putPause' } as const;
  const at = '2026-12-01T08:00:00.000Z';
  const line = auditLine(
    { ...draft, at, reason, prefecture: '92' },
    heads.at(-1) ?? noLines,
    nodeSha256,
  );
  heads.push(line.head);
  return `${line.text}\n`;
});
const whole = Buffer.from(lines.join(''));
const nineMs = Date.parse('2026-12-01T09:00:00Z');
const anchor = (size: number, hash = heads[size]?.hash ?? '', atMs = nineMs) => {
  return { number: 9, size, hash, atMs };
};

async function* bytesOf(bytes: Buffer) {
  yield bytes;
}
const check = (bytes: Buffer, anchors = [anchor(2)], nowMs = nineMs) =>
  checkAuditLog(bytesOf(bytes), { anchors, nowMs });

describe('checking an audit log', () => {
  test('says that a whole one is, with its head and the anchors it met', async () => {
    expect(await check(whole)).toBe(
      `whole: lines 0 to 2; head 3 ${heads[3]?.hash}; anchors of the public register that agree: 1`,
    );
    expect(await check(Buffer.from(lines.slice(1).join('')), [])).toContain(
      'lines 1 to 2, which must follow a line 0 put away elsewhere',
    );
  });

  test('finds every single changed byte, in the line it is in or right after it', async () => {
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
      await expect(check(bytes, [])).rejects.toThrow(new RegExp(`^broken at line ${line}\\b`));
    }
  });

  test('finds lines that were cut off, and a chain that was written anew, by the register', async () => {
    const cut = Buffer.from(lines.slice(0, 1).join(''));
    await expect(check(cut)).rejects.toThrow('lines are missing at the end: entry 9');
    await expect(check(whole, [anchor(2, 'f'.repeat(64))])).rejects.toThrow(
      'broken at line 2 or before: entry 9',
    );
    await expect(check(Buffer.alloc(0))).rejects.toThrow('there is no line');
  });

  test('refuses a line older than two hours that no anchor covers', async () => {
    const eightMs = nineMs - hourMs;
    expect(await check(whole, [anchor(2)], eightMs + 2 * hourMs)).toMatch(/^whole/);
    await expect(check(whole, [anchor(2)], eightMs + 2 * hourMs + 1)).rejects.toThrow(
      'not anchored: line 3 (number 2) is older than two hours, and the public register says nothing of it: ' +
        'the last anchor, entry 9, covers 2 lines',
    );
    await expect(check(whole, [], eightMs + 3 * hourMs)).rejects.toThrow(
      'not anchored: line 1 (number 0) is older than two hours, and the public register says nothing of it: ' +
        'it has no anchor at all',
    );
    expect(await check(whole, [anchor(3)], eightMs + 99 * hourMs)).toMatch(/agree: 1$/);
    expect(await checkAuditLog(bytesOf(whole))).toMatch(/NOT compared with a public register$/);
  });

  test('refuses a line of the future, which would never be old', async () => {
    await expect(check(whole, [], nineMs - 4 * hourMs)).rejects.toThrow(
      'line 1 is dated hours after',
    );
    const early = anchor(3, undefined, nineMs - 4 * hourMs);
    await expect(check(whole, [early])).rejects.toThrow('line 1 is dated hours after');
  });

  test('counts lines that were old when the register first spoke of them', async () => {
    const late = anchor(3, undefined, nineMs + 5 * hourMs);
    const told = await check(whole, [anchor(1), late], nineMs + 99 * hourMs);
    expect(told).toMatch(/agree: 2; lines anchored later than two hours: 2$/);
  });
});

async function run(args: string[], input = '') {
  const child = spawn(process.execPath, ['scripts/audit.ts', ...args], {
    env: { PATH: process.env.PATH },
  });
  child.stdin.end(input);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, out, errors };
}

test('the command ends with 0, 1 or 2', async () => {
  const results = await Promise.all([
    run(['check', '-'], whole.toString()),
    run(['check', '-'], whole.toString().replace('deux', 'dieu')),
    run(['check', 'no-such-file']),
    run(['chek']),
    run(['check', 'http://127.0.0.1:1/v1/prefectures/92', '--register', '/dev/null']),
    run(
      ['check', '-', '--register', '/dev/null', '--now', '2026-12-01T09:59:59Z'],
      whole.toString(),
    ),
    run(
      ['check', '-', '--register', '/dev/null', '--now', '2026-12-01T10:00:01Z'],
      whole.toString(),
    ),
    run(['check', '-', '--now', 'yesterday'], whole.toString()),
  ]);
  expect(results.map(({ code }) => code)).toEqual([0, 1, 2, 2, 2, 0, 1, 2]);
  expect(results[1]?.errors).toBe(
    'broken at line 2 (number 1): it was changed: its hash is of another text\n',
  );
  expect(results[4]?.errors).toContain('TIRAGE_AGENT_KEY');
  expect(registerLeaf({ at: '2026-12-01T08:00:00Z', kind: 'audit', size: 2, hash: 'a' })).toBe(
    '{"at":"2026-12-01T08:00:00Z","hash":"a","kind":"audit","size":2}',
  );
});
