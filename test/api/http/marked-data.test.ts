import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allMarks, offline, people } from '../../support/marked-people.ts';
import type { Story } from '../../support/marked-steps.ts';
import { steps } from '../../support/marked-story.ts';
import { type MarkedWorld, openMarkedWorld } from '../../support/marked-world.ts';
import { createSearch, type Finding, type Trace } from '../../support/marks.ts';
import { fileTraces, redisTraces } from '../../support/traces.ts';

const marks = allMarks();
const search = createSearch(marks);
const found = (traces: readonly Trace[]): Finding[] => traces.flatMap(search);

/** As e-mail addresses and numbers are written after they were given. */
function isAddressOf(to: string, { email, phone }: (typeof people)[number]['contact']): boolean {
  if (email !== undefined) return to.toLowerCase() === email.toLowerCase();
  return phone !== undefined && to.endsWith(phone.replace(/\D/g, '').slice(-9));
}

describe('the search', () => {
  test.each(marks)('finds $name in every encoding, also inside gzip', ({ text }) => {
    const bytes = Buffer.from(text);
    const around = (shift: number) =>
      Buffer.concat([Buffer.alloc(shift, 'x'), bytes, Buffer.from('yz')]);
    const encoded = [
      ...[0, 1, 2].flatMap((shift) => [
        around(shift).toString('base64'),
        around(shift).toString('base64url'),
      ]),
      bytes.toString('hex'),
      encodeURIComponent(text),
      `{"name":${JSON.stringify(text)}}`,
    ].map((one) => Buffer.from(`before ${one} after`));
    const others = [gzipSync(`a record of ${text}`), Buffer.from(text, 'utf16le')];
    for (const content of [...encoded, ...others]) {
      expect(search({ where: 'here', bytes: content })).not.toEqual([]);
    }
  });

  test('finds a text in a PDF, whose streams are packed', () => {
    const pdf = (text: string) =>
      `%PDF-1.7\nstream\n${deflateSync(text).toString('latin1')}\nendstream`;
    const [mark] = marks;
    const bytes = (text: string) => Buffer.from(pdf(text), 'latin1');
    expect(search({ where: 'here', bytes: bytes(`a ${mark?.text} b`) })).not.toEqual([]);
    expect(search({ where: 'here', bytes: bytes('nothing') })).toEqual([]);
  });

  test('finds nothing in what holds nothing', () => {
    const bytes = Buffer.from('an entry of somebody else, 0123456789, ada@example.org');
    expect(search({ where: 'here', bytes })).toEqual([]);
  });
});

describe('marked personal data', () => {
  let world: MarkedWorld;
  let stored: Trace[] = [];

  beforeAll(async () => {
    world = await openMarkedWorld();
    const keys = {
      agent: await world.keyOf('agent'),
      supervisor: await world.keyOf('supervisor'),
      admin: await world.keyOf('admin'),
    };
    const story: Story = { world, entries: new Map(), keys, draw: '', helper: '' };
    for (const { name, run } of steps) {
      await run(story).catch((cause: unknown) => {
        throw new Error(`${name}: ${String(cause)}`, { cause });
      });
    }
    // While jobs that failed wait for their next attempt, with what BullMQ keeps of the failure.
    stored = await redisTraces(world.redis.url);
    await world.stop();
    stored.push(...(await redisTraces(world.redis.url)));
    stored.push(...(await fileTraces(world.redis.url, world.directory)));
  });
  afterAll(() => world.close());

  test('is nowhere in Redis: not in values, keys, queues, snapshot or append-only file', () => {
    const where = stored.map((trace) => trace.where);
    for (const part of [
      ':entries',
      'tirage-notifications',
      '.rdb',
      '.aof',
      ':audit',
      ':draw:',
      ':letters',
      ':mandates',
      ':flags',
      ':session:',
    ]) {
      expect(
        where.filter((one) => one.includes(part)),
        part,
      ).not.toEqual([]);
    }
    expect(found(stored)).toEqual([]);
  });

  test('is in no answer but those to its person: records, register, metrics, refusals', () => {
    const refusals = world.answers.filter(({ where }) => / 4\d\d$/.test(where));
    expect(refusals.length).toBeGreaterThan(200);
    const where = world.answers.map((answer) => answer.where);
    expect(where.filter((one) => / 5\d\d$/.test(one))).toEqual([]);
    expect(found(world.answers)).toEqual([]);
  });

  test('goes to the registry as a number in a body, and in no other way', () => {
    expect(world.asked.length).toBeGreaterThan(3);
    for (const { head, body } of world.asked) {
      expect(body).toMatch(/^\{"agdref":"\d{10}"\}$/);
      expect(search({ where: 'registry', bytes: Buffer.from(head) })).toEqual([]);
    }
  });

  test('is in no log line, at any level', () => {
    expect(world.logs.length).toBeGreaterThan(50);
    expect(found(world.logs.map((line) => ({ where: line, bytes: Buffer.from(line) })))).toEqual(
      [],
    );
  });

  test('is in messages to its person only: the name, and no document', () => {
    expect(world.sent.length).toBeGreaterThan(10);
    for (const { to, text, id } of world.sent) {
      const own = [...people, offline.helped].find(({ contact }) => isAddressOf(to, contact));
      expect(own, to).toBeDefined();
      const seen = search({ where: id, bytes: Buffer.from(text) }).map(({ mark }) => mark);
      const allowed = [own?.name, ...(own?.also ?? [])].map((mark) => `${own?.id}: ${mark}`);
      expect(seen.filter((mark) => !allowed.includes(mark))).toEqual([]);
      expect(text).not.toContain(Object.values(own?.document ?? {})[1]);
    }
  });
});
