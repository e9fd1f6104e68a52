import { z } from 'zod';
import { Identifier } from '../http/schemas.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

const TimeWindow = z
  .strictObject({
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .refine((days) => new Set(days).size === days.length, 'must not repeat a day')
      .meta({ description: 'ISO weekdays, 1 is Monday.' }),
    from: LocalTime,
    until: z.union([LocalTime, z.literal('24:00')]),
  })
  .refine(({ from, until }) => from < until, 'from must be before until');

/** Where and when a person can come, as lottery/v1 knows it. */
export const Accepts = z
  .strictObject({
    sites: z
      .array(Identifier)
      .min(1)
      .max(100)
      .refine((sites) => new Set(sites).size === sites.length, 'must not repeat a site')
      .exactOptional()
      .meta({ description: 'Preferred first. Left out: any site.' }),
    windows: z
      .array(TimeWindow)
      .min(1)
      .max(50)
      .refine(
        (windows) => new Set(windows.map((w) => JSON.stringify(w))).size === windows.length,
        'must not repeat a window',
      )
      .exactOptional()
      .meta({ description: 'Left out: any time.' }),
    notBefore: z.iso.date().exactOptional(),
    notAfter: z.iso.date().exactOptional(),
  })
  .refine(
    ({ notBefore, notAfter }) => !notBefore || !notAfter || notBefore <= notAfter,
    'notBefore must not be after notAfter',
  )
  .meta({ id: 'Accepts', description: 'Where and when the person can come.' });
