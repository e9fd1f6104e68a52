import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { RequestType, Site } from '#src/domain/prefectures/prefecture.ts';
import { Settings } from '#src/domain/prefectures/settings.ts';
import { Identifier } from '#src/domain/values.ts';
import { OpeningHours } from '../../scripts/example-slots.ts';

const folder = new URL('../../examples/hauts-de-seine/', import.meta.url);

/** A file of the example as it stands. */
export const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
/** A JSON file of the example, not checked yet. */
export const json = (name: string): unknown => JSON.parse(text(name));
/** The lines of a CSV file of the example. */
export const csv = (name: string) => parse<Record<string, string>>(text(name), { columns: true });

export const prefecture = z
  .strictObject({ id: Identifier, settings: Settings })
  .parse(json('prefecture.json'));
export const sites = z.array(Site).parse(json('sites.json'));
export const requestTypes = z.array(RequestType).parse(json('request-types.json'));
export const typeById = new Map(requestTypes.map((type) => [type.id, type]));
export const hours = OpeningHours.parse(json('opening-hours.json'));
export const slots = csv('slots.csv');
