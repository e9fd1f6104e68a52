import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeExampleSlots, OpeningHours, slotsToCsv } from './example-slots.ts';

// Two weeks of slots of the example, as CSV on standard output:
//   node scripts/make-example-slots.ts [--from YYYY-MM-DD]
const { values } = parseArgs({ options: { from: { type: 'string', default: '2026-12-07' } } });
const file = new URL('../examples/hauts-de-seine/opening-hours.json', import.meta.url);
const hours = OpeningHours.parse(JSON.parse(readFileSync(file, 'utf8')));

try {
  process.stdout.write(slotsToCsv(makeExampleSlots(hours, values.from)));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'failed');
  process.exitCode = 2;
}
