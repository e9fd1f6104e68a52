import { z } from 'zod';
import { LARGEST_PARTY, type Rules } from '../../allocator/types.ts';
import { Identifier, Labels } from '../values.ts';
import type { Settings } from './settings.ts';

export const Site = z.strictObject({
  id: Identifier,
  labels: Labels,
  address: Labels,
  /** The first day, as a date there, on which it receives nobody any more. */
  closedFrom: z.iso.date().exactOptional(),
});
export type Site = z.infer<typeof Site>;

export const RequestType = z.strictObject({
  id: Identifier,
  labels: Labels,
  /** First request, renewal, or another step. */
  step: z.enum(['first', 'renewal', 'other']),
  /** Whether the AGDREF number is the only document accepted. */
  agdrefRequired: z.boolean().default(false),
  /** Sites that serve it; shown to applicants. */
  sites: z.array(Identifier).min(1).max(100),
  /** Most people of one entry: a household that is asked to come together. */
  partyMax: z.int().min(1).max(LARGEST_PARTY).default(1),
  /** What they come together for; shown to applicants. */
  partyNote: Labels.exactOptional(),
});
export type RequestType = z.infer<typeof RequestType>;

/** What an applicant may know about a prefecture. */
export interface Prefecture {
  readonly id: string;
  readonly settings: Settings;
  readonly sites: readonly Site[];
  readonly requestTypes: readonly RequestType[];
  readonly rules: Rules;
  /** The kill switch: no draw, offer, refill or expiry while it is set. Registration goes on. */
  readonly paused: { readonly reason: string; readonly sinceMs: number } | undefined;
  /** After a pause nothing expires before this instant. */
  readonly graceUntilMs: number;
}
