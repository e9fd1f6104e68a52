import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Rules } from '../../src/allocator/types.ts';
import { RequestType, Site } from '../../src/domain/prefectures/prefecture.ts';
import { Settings } from '../../src/domain/prefectures/settings.ts';
import { makeExampleSlots, OpeningHours, slotsToCsv } from '../example-slots.ts';
import { CrowdMix } from './crowd.ts';

const FailureRates = z.object({ source: z.string(), rates: z.record(z.string(), z.number()) });

/** The real input of the main job: examples/hauts-de-seine, read and checked. */
export interface Example {
  readonly id: string;
  readonly settings: Settings;
  readonly sites: readonly Site[];
  readonly requestTypes: readonly RequestType[];
  readonly rules: Rules;
  readonly crowd: CrowdMix;
  /** Share of hourly attempts without any appointment on show, in 2019, by request type. */
  readonly failureRates2019: Readonly<Record<string, number>>;
  readonly failureSource: string;
  readonly paperEntriesCsv: string;
  /** Two weeks of slots that begin on a Monday (`YYYY-MM-DD`), as CSV. */
  slotsCsv(monday: string): string;
}

/** Reads examples/hauts-de-seine. */
export function readExample(): Example {
  const text = (file: string) =>
    readFileSync(new URL(`../../examples/hauts-de-seine/${file}`, import.meta.url), 'utf8');
  const json = (file: string): unknown => JSON.parse(text(file));
  const hours = OpeningHours.parse(json('opening-hours.json'));
  const prefecture = z
    .strictObject({ id: z.string(), settings: Settings })
    .parse(json('prefecture.json'));
  const failures = FailureRates.parse(json('failure-rates-2019.json'));
  return {
    ...prefecture,
    sites: z.array(Site).parse(json('sites.json')),
    requestTypes: z.array(RequestType).parse(json('request-types.json')),
    // The service checks the rules when they are put.
    rules: json('rules.json') as Rules,
    crowd: CrowdMix.parse(json('crowd.json')),
    failureRates2019: failures.rates,
    failureSource: failures.source,
    paperEntriesCsv: text('paper-entries.csv'),
    slotsCsv: (monday) => slotsToCsv(makeExampleSlots(hours, monday)),
  };
}
