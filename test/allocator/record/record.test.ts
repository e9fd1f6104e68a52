import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  entryLine,
  eventLine,
  recordHead,
  recordResult,
  slotLine,
} from '#src/allocator/record/record.ts';
import { jcs } from '#src/base/jcs.ts';
import { recordOf, vector, vectors } from '../support/vector-records.ts';

test('a line is one RFC 8785 object, kind among its members, and a line feed', () => {
  const { manifest, slots, entries } = vector('one-of-three');
  const [, slot, entry] = [...recordHead(manifest, slots, entries)];
  expect(slot).toBe(
    '{"capacity":1,"id":"s1","kind":"slot","requestTypes":["AES"],"site":"nanterre","start":"2026-12-01T09:30:00+01:00"}\n',
  );
  expect(entry).toBe('{"id":"a","kind":"entry","missed":0,"requestType":"AES"}\n');
});

test('slot and entry lines are what RFC 8785 gives, whatever the names in them', () => {
  const name = fc.oneof(
    fc.constantFrom('missed', 'requestTypes', 'kind', 'id', '__proto__'),
    fc.stringMatching(/^[A-Za-z0-9._-]{1,48}$/),
  );
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
  const accepts = fc.record(
    {
      sites: names,
      windows: fc.constant([{ days: [1, 2], from: '09:00', until: '24:00' }]),
      notBefore: fc.constant('2026-12-01'),
      notAfter: fc.constant('2026-12-24'),
    },
    { requiredKeys: [] },
  );
  const required = { id: name, requestType: name, missed: fc.nat() };
  const entry = fc.record(
    { ...required, priority: fc.constant(true as const), accepts },
    { requiredKeys: ['id', 'requestType', 'missed'] },
  );
  const slot = fc.record({
    id: name,
    site: name,
    start: fc.constant('2026-12-01T09:30:00+01:00'),
    capacity: fc.integer({ min: 1 }),
    requestTypes: names,
  });
  fc.assert(
    fc.property(entry, slot, (anEntry, aSlot) => {
      expect(entryLine(anEntry)).toBe(`${jcs({ ...anEntry, kind: 'entry' })}\n`);
      expect(slotLine(aSlot)).toBe(`${jcs({ ...aSlot, kind: 'slot' })}\n`);
    }),
  );
});

test('an event line holds its members and no others', () => {
  const at = '2026-11-02T10:00:00Z';
  expect(eventLine(at, { type: 'accepted', entry: 'a', slot: 's1' })).toBe(
    `{"at":"${at}","entry":"a","kind":"event","slot":"s1","type":"accepted"}\n`,
  );
  expect(eventLine(at, { type: 'withdrawn', entry: 'a' })).toBe(
    `{"at":"${at}","entry":"a","kind":"event","type":"withdrawn"}\n`,
  );
  expect(eventLine(at, { type: 'void' })).toBe(`{"at":"${at}","kind":"event","type":"void"}\n`);
});

test('slots and entries come by id, in ASCII order, whatever order they are given in', () => {
  const { manifest, slots } = vector('crowd-0');
  const ids = ['b', 'B', 'a.', 'a-', 'a', '_', '10', '9'];
  const entries = ids.map((id) => ({ id, requestType: 'AES', missed: 0 }));
  const lines = [...recordHead(manifest, slots.toReversed(), entries)].map((l) => JSON.parse(l));
  const written = (kind: string) => lines.filter((l) => l.kind === kind).map((l) => l.id);
  expect(written('slot')).toEqual(slots.map(({ id }) => id).toSorted());
  expect(written('entry')).toEqual(['10', '9', 'B', '_', 'a', 'a-', 'a.', 'b']);
});

test.each([...vectors])(
  'the record of %s has its lines in the order of the spec',
  (_name, example) => {
    const kinds = recordOf(example).map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual([
      'manifest',
      ...example.slots.map(() => 'slot'),
      ...example.entries.map(() => 'entry'),
      'entropy',
      ...example.expected.winners.map(() => 'winner'),
      'outcome',
    ]);
  },
);

test('a request type called __proto__ stays in the rules', () => {
  const { manifest } = vector('one-of-three');
  const rules = JSON.parse('{"quotas":{"__proto__":{"max":1}}}');
  const [line] = [...recordHead({ ...manifest, rules }, [], [])];
  expect(line).toContain('"rules":{"quotas":{"__proto__":{"max":1}}}');
});

test('winners stay in rank order', () => {
  const winners = [
    { entry: 'z', slot: 's2' },
    { entry: 'a', slot: 's1' },
  ];
  const lines = [...recordResult({ secret: '1'.repeat(64) }, winners, '0'.repeat(64))];
  expect(lines.map((line) => JSON.parse(line).entry)).toEqual([undefined, 'z', 'a', undefined]);
});
