import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Script } from '#src/store/core/script.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();

const changeEntries = new Script(
  'entries/change-entries.lua',
  { keys: ['entries counts freezing before'], args: ['changes[]'], members: ['id old new'] },
  z.int(),
);
const stage = new Script(
  'slots/stage-import.lua',
  { keys: ['lock lines gone'], args: ['id staged[]'], members: ['slot capacity text'] },
  z.string(),
);

/** Any text that JavaScript can send: NUL, quotes, line ends and every plane among them. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\0', '"', '\\', '\n', '\u2028', 'é', '😀', '/', '[', '{') }),
  fc.json(),
  fc.constantFrom('', '[]', '{}', 'null', '1e400', '"\\u0000"', '\\ud800'),
);
const bytes = (value: string) => Buffer.from(value, 'utf8').toString('hex');

test('a script sees and writes each text byte for byte', async () => {
  const item = fc.record({ id: text, old: text, new: text });
  const items = fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 8 });
  const keys = { entries: 'e', counts: 'c', freezing: 'f', before: 'b' };
  await fc.assert(
    fc.asyncProperty(items, async (changes) => {
      await redis.del('e');
      for (const { id, old } of changes) await redis.hset('e', id, old);
      expect(await changeEntries.run(redis, keys, { changes })).toBe(changes.length);
      for (const change of changes) {
        const stored = await redis.hgetBuffer('e', change.id);
        expect(stored?.toString('hex')).toBe(bytes(change.new));
      }
    }),
    { numRuns: 100 },
  );
});

test('a script writes a number digit by digit', async () => {
  const number = fc.oneof(
    fc.integer({ min: -(10 ** 14) + 1, max: 10 ** 14 - 1 }),
    fc.constantFrom(0, -0, 1_796_000_000_000, 99_999_999_999_999, 2 ** 31, 2 ** 46),
  );
  await redis.hset('lock', 'id', 'i');
  await fc.assert(
    fc.asyncProperty(number, text, async (capacity, slot) => {
      await redis.del('lines');
      const staged = [{ slot, capacity, text: `a${slot}` }];
      await stage.run(redis, { lock: 'lock', lines: 'lines', gone: 'gone' }, { id: 'i', staged });
      expect(await redis.lrange('lines', 0, -1)).toEqual([slot, `${capacity}`, `a${slot}`]);
    }),
    { numRuns: 100 },
  );
});

const holdingKeys = {
  ...{ draw: 'draw', drawNumber: 'n', paused: 'p', events: 'events', offers: 'offers' },
  ...{ entries: 'e', counts: 'c', freezing: 'f', before: 'b', identities: 'i', places: 'pl' },
  ...{ drawPlaces: 'dp', deadlines: 'deadlines', reminders: 'r', mailDue: 'm', register: 'reg' },
  ...{ index: 'x', suspensions: 'sit-outs', clues: 'cl', tallies: 't' },
  ...{ closedSlots: 'cs', drawClosed: 'dc', closureCounts: 'cc' },
};
const changeHoldings = new Script(
  'offers/change-holdings.lua',
  {
    keys: [Object.keys(holdingKeys).join(' ')],
    args: ['drawId state ended number eventCount whenPaused now changes[]'],
    members: [
      'id offerOld? offerNew entryOld? entryNew? from? to? held? slot places move closed closing?',
      'deadline? reminder? message? events servedField? served? suspension? suspended? tally?',
      'drawCounts? counted? people?',
    ],
  },
  z.array(z.string()),
);

test('a member that is absent, an empty list and a list of texts are what they are', async () => {
  const some = fc.array(text, { maxLength: 5 });
  const given = fc.record({ id: text, offer: text, events: some, suspended: some, atMs: fc.nat() });
  await fc.assert(
    fc.asyncProperty(given, async ({ id, offer, events, suspended, atMs }) => {
      await redis.flushdb();
      await redis.hset('draw', 'state', 'drawn');
      const moved = { slot: 's', places: 1, move: 'keep', closed: 'not' };
      const lines = events.map((event) => `|${event}`);
      const change = { id, offerNew: offer, ...moved, deadline: atMs, events: lines };
      const draw = {
        drawId: 'd',
        state: 'drawn',
        ended: '',
        number: 0,
        now: '2026-11-30T08:00:00Z',
      };
      const args = { ...draw, eventCount: '', whenPaused: '' };
      const changes = [{ ...change, offerOld: undefined, suspended, suspension: 'why' }];
      const [, word] = await changeHoldings.run(redis, holdingKeys, { ...args, changes });
      expect(word).toBe('done');
      expect(await redis.hgetall('offers')).toEqual({ [id]: offer });
      const written = events.map((event) => `{"at":"${draw.now}",${event}`);
      expect(await redis.lrange('events', 0, -1)).toEqual(written);
      expect(new Set(await redis.hkeys('sit-outs'))).toEqual(new Set(suspended));
      expect(await redis.zrange('deadlines', '0', '-1', 'WITHSCORES')).toEqual([
        `d.${id}`,
        `${atMs}`,
      ]);
      expect(await redis.exists('r', 'm', 't', 'e', 'x', 'reg')).toBe(events.length > 0 ? 1 : 0);
    }),
    { numRuns: 60 },
  );
});

test('half a character, which no text of ours has, is refused and writes nothing', async () => {
  const keys = { entries: 'e', counts: 'c', freezing: 'f', before: 'b' };
  const changes = [{ id: 'i', old: 'a', new: 'b\ud800' }];
  await redis.hset('e', 'i', 'a');
  await expect(changeEntries.run(redis, keys, { changes })).rejects.toThrow(
    /invalid unicode escape/,
  );
  expect(await redis.hget('e', 'i')).toBe('a');
});
