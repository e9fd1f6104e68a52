import { describe, expect, test } from 'vitest';
import { readCsv } from '#src/api/http/csv.ts';
import { checkJsonBounds } from '#src/api/http/json-bounds.ts';
import { readMultipart } from '#src/api/http/multipart.ts';
import { exchange, useApi } from '../harness.ts';

const api = useApi();
const MEGA = 1_000_000;

const HEADER = 'id,site,date,time,places,requestTypes\n';
const columns = HEADER.trim().split(',');
const shape = { columns, mostLines: 50_000, code: 'slots_invalid' } as const;
const line = 'a,nanterre,2026-12-07,09:30,2,renewal\n';

/** The most processor time that one turn of the event loop took meanwhile: other work on the machine is none. */
async function longestTurnMs(work: () => Promise<void>): Promise<number> {
  const spentMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [longest, before, isOver] = [0, spentMs(), false];
  const look = () => {
    const now = spentMs();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  look();
  return longest;
}

describe('CSV', () => {
  test.each([
    ['one cell', `${HEADER}${line}${'a'.repeat(9 * MEGA)}`, 3],
    ['only commas', `${HEADER}${','.repeat(9 * MEGA)}`, 2],
    ['a header of commas', ','.repeat(9 * MEGA), 1],
    ['blanks', `${HEADER}${' '.repeat(9 * MEGA)}`, 2],
  ])('a line that is too long is refused by its number, unparsed: %s', async (_what, text, at) => {
    const error = await readCsv(text, shape).catch((refused: unknown) => refused);
    expect(error).toMatchObject({
      code: 'slots_invalid',
      errors: [{ line: at, message: 'is longer than 8192 characters' }],
    });
  });

  test('a record that goes on over many short lines is refused as well', async () => {
    const text = `${HEADER}"${'a\n'.repeat(100_000)}`;
    await expect(readCsv(text, shape)).rejects.toMatchObject({
      errors: [{ message: 'is longer than 8192 characters' }],
    });
  });

  test('a header may name no more columns than there are', async () => {
    const error = await readCsv(`${'id,'.repeat(2000)}id\n`, shape).catch(
      (found: unknown) => found,
    );
    expect(error).toMatchObject({ errors: [{ line: 1, message: 'must name 6 columns at most' }] });
  });

  test('blank lines without end are refused before they are read', async () => {
    await expect(readCsv(HEADER + '\n'.repeat(9 * MEGA), shape)).rejects.toThrow('50000 lines');
  });

  test('others are served while a long file is read, and letters stay whole', async () => {
    const text = `${HEADER}${'é,né,2026-12-07,09:30,2,renouvellement\n'.repeat(20_000)}`;
    let [turns, isDone] = [0, false];
    const turn = () => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    turn();
    const lines = await readCsv(text, shape);
    isDone = true;
    expect(turns).toBeGreaterThan(Buffer.byteLength(text) / 16_384);
    expect(lines.every(({ cells }) => cells.id === 'é' && cells.site === 'né')).toBe(true);
    expect(lines.at(-1)?.line).toBe(20_001);
  });
});

describe('JSON', () => {
  const bytes = (text: string) => Buffer.from(text);

  test('that nests deeper than anything of ours is not parsed', () => {
    expect(() => checkJsonBounds(bytes('['.repeat(16) + ']'.repeat(16)), 100)).not.toThrow();
    expect(() => checkJsonBounds(bytes('['.repeat(17)), 100)).toThrow('nests deeper than 16');
    expect(() => checkJsonBounds(bytes('{"a":'.repeat(17)), 100)).toThrow('nests deeper than 16');
  });

  test('has so many values at most, whatever its texts hold', () => {
    expect(() => checkJsonBounds(bytes('[1,2,3]'), 4)).not.toThrow();
    expect(() => checkJsonBounds(bytes('[1,2,3,4]'), 4)).toThrow('more than 4 values');
    const texts = JSON.stringify([',,,,,,"[[[[[[[[[[[[[[[[[[[[[[', '\\', '\\"']);
    expect(() => checkJsonBounds(bytes(texts), 4)).not.toThrow();
  });

  test('that is too large in form is refused where anybody can send it', async () => {
    const raw = `{"requestType":${'['.repeat(1000)}`;
    const { status, body } = await api.call('POST', '/entries', { raw, type: 'application/json' });
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });
});

describe('forms with a file', () => {
  const type = 'multipart/form-data; boundary=----b';
  const part = (disposition: string, content: string) =>
    `------b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const formOf = (...parts: string[]) => Buffer.from(`${parts.join('')}------b--\r\n`);
  const send = (body: Buffer) =>
    exchange(`${api.origin()}/certificates`, 'POST', body, { 'content-type': type });

  test('are read as browsers write them', async () => {
    const form = new FormData();
    form.set('file', new File(['%PDF-\r\n\r\n--x'], 'a "b".pdf'));
    form.set('text', 'é');
    const sent = new Response(form);
    const body = Buffer.from(await sent.arrayBuffer());
    const parts = readMultipart(body, sent.headers.get('content-type') ?? '');
    expect(
      parts.map(({ name, isFile, bytes }) => [name, isFile, Buffer.from(bytes).toString()]),
    ).toEqual([
      ['file', true, '%PDF-\r\n\r\n--x'],
      ['text', false, 'é'],
    ]);
  });

  test('of 20,000 empty parts, or one endless header, are refused at the ninth, or at 2 kB', () => {
    const eight = Array.from({ length: 8 }, () => part('name="text"', ''));
    expect(readMultipart(formOf(...eight), type)).toHaveLength(8);
    expect(() => readMultipart(formOf(...eight, eight[0] ?? ''), type)).toThrow('is not a form');
    const endless = formOf(part(`name="${'x'.repeat(3000)}"`, ''));
    expect(() => readMultipart(endless, type)).toThrow('is not a form');
  });

  test.each([
    ['nothing', ''],
    ['another boundary', '------c\r\n\r\n\r\n'],
    ['no end', '------b\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc'],
    ['no header', '------b\r\nabc\r\n------b--'],
    ['more after a boundary', '------bb\r\n\r\n\r\n------b--'],
  ])('that are none are refused: %s', async (_what, text) => {
    expect((await send(Buffer.from(text))).status).toBe(400);
  });

  test('without a file show the page again', async () => {
    expect((await send(formOf(part('name="file"; filename=""', '')))).status).toBe(200);
  });
});

test('nobody can stop the process by what a body is made of', async () => {
  const token = await api.keyOf('supervisor');
  const csv = (raw: string, charset = 'utf-8') =>
    api.call('POST', '/slots', { token, raw, type: `text/csv; charset=${charset}` });
  const json = (raw: string) =>
    api.call('POST', '/slots', { token, raw, type: 'application/json' });
  const boundary = { 'content-type': 'multipart/form-data; boundary=b' };
  const jws = Buffer.from('['.repeat(700_000)).toString('base64url');
  const pdf = `%PDF-\n%tirage-document a.b.c\n%tirage-seal ${jws}.b.c\nstartxref`;
  const attacks: Readonly<Record<string, () => Promise<{ status: number }>>> = {
    cell: () => csv(`${HEADER}${'a'.repeat(9.8 * MEGA)}`),
    commas: () => csv(`${HEADER}${','.repeat(9.8 * MEGA)}`),
    lines: () => csv(`${HEADER}${'a,b,c,d,e,f\n'.repeat(150_000)}`),
    charset: () => csv('+AAA-'.repeat(1.9 * MEGA), 'utf-7'),
    nested: () => json('['.repeat(9.8 * MEGA)),
    values: () => json(`[${'{},'.repeat(3 * MEGA)}{}]`),
    parts: () => {
      const body = Buffer.from(
        `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(20_000)}--b--`,
      );
      return exchange(`${api.origin()}/certificates`, 'POST', body, boundary);
    },
    seal: () => api.send('POST', '/v1/certificates/verify', { raw: pdf, type: 'application/pdf' }),
  };
  const stalls: Record<string, string> = {};
  for (const [name, attack] of Object.entries(attacks)) {
    let status = 0;
    const once = () =>
      longestTurnMs(async () => {
        status = (await attack()).status;
      });
    // Twice: garbage is collected now and then.
    const ms = Math.min(await once(), await once());
    // Without bounds each of them takes from a quarter of a second to six.
    if (ms > 150 || status >= 500) stalls[name] = `${Math.round(ms)} ms, ${status}`;
  }
  expect(stalls).toEqual({});
}, 60_000);
