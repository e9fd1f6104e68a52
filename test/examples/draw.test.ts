import { describe, expect, test } from 'vitest';
import { allocate } from '#src/allocator/draw/draw.ts';
import { parseEntry, parseRules, parseSlot } from '#src/allocator/record/parse.ts';
import type { Rules } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { CrowdMix, inventCrowd } from '../../scripts/demo/crowd.ts';
import { json, requestTypes, slots } from './example.ts';

const rules: Rules = parseRules(json('rules.json'), 'rules');

/** A first draw of the demo's crowd: people and winners by request type. */
function drawExample(seed: string) {
  const crowd = inventCrowd({
    mix: CrowdMix.parse(json('crowd.json')),
    requestTypes,
    people: 3000,
    seed,
    firstDay: '2026-12-07',
  });
  const entries = crowd.map(({ request: { requestType, accepts } }, index) =>
    parseEntry(
      { id: `e${index}`, requestType, missed: 0, ...(accepts === undefined ? {} : { accepts }) },
      `entries[${index}]`,
    ),
  );
  const input = { entries, slots: slots.map(slotOf), rules, seed: nodeSha256.hex(seed) };
  const { winners } = allocate(input, nodeSha256);
  const typeOf = new Map(entries.map(({ id, requestType }) => [id, requestType]));
  const count = (ids: string[]) => {
    const types = ids.map((id) => typeOf.get(id));
    return (type: string) => types.filter((found) => found === type).length;
  };
  return {
    winners: winners.length,
    drawn: count(winners.map(({ entry }) => entry)),
    waiting: count(entries.map(({ id }) => id)),
  };
}

function slotOf(line: Record<string, string>, index: number) {
  const slot = {
    id: line.id,
    site: line.site,
    start: `${line.date}T${line.time}:00+01:00`,
    capacity: Number(line.places),
    requestTypes: line.requestTypes?.split('|'),
  };
  return parseSlot(slot, `slots[${index}]`);
}

/** Lowest and highest chance that the example's README stands for. */
const chances: [string, number, number][] = [
  ['AES', 0.03, 0.05],
  ['NATURALISATION', 0.025, 0.045],
  ['PASSEPORT-TALENT', 0.13, 0.22],
  ['SALARIE-RENOUVELLEMENT', 0.42, 0.6],
  ['RESIDENT-RENOUVELLEMENT', 0.22, 0.37],
];

describe.each(['ab', 'cd'])('a first draw of the example, crowd %s', (seed) => {
  const { winners, drawn, waiting } = drawExample(seed);

  test('fills every place', () => {
    expect(winners).toBe(520);
  });

  test('keeps the quotas', () => {
    for (const [type, { min = 0, max = winners }] of Object.entries(rules.quotas ?? {})) {
      expect(drawn(type), type).toBeGreaterThanOrEqual(min);
      expect(drawn(type), type).toBeLessThanOrEqual(max);
    }
  });

  test.each(chances)('gives %s a chance of %d to %d', (type, lowest, highest) => {
    const chance = drawn(type) / waiting(type);
    expect(chance).toBeGreaterThan(lowest);
    expect(chance).toBeLessThan(highest);
  });
});
