import { z } from 'zod';
import { CAUSES, HANDS } from '../../allocator/types.ts';
import { IMPEDIMENTS } from '../../domain/absences/rule.ts';
import { APPOINTMENT_STATES } from '../../domain/appointments/state.ts';
import { DEFERRED_ACTS, OFFER_WAYS, type OfferRecord } from '../../domain/offers/offer.ts';
import { OFFER_STATES } from '../../domain/offers/state.ts';
import { Identifier } from '../../domain/values.ts';

const Stored = z.strictObject({
  slot: Identifier,
  requestType: Identifier,
  party: z.int().min(2).exactOptional(),
  slotStart: z.string(),
  site: Identifier,
  state: z.enum(OFFER_STATES),
  via: z.enum(OFFER_WAYS),
  offeredAtMs: z.int(),
  deadlineMs: z.int(),
  extended: z.literal(true).exactOptional(),
  settledAtMs: z.int().exactOptional(),
  appointment: z.enum(APPOINTMENT_STATES).exactOptional(),
  deferred: z
    .strictObject({
      act: z.enum(DEFERRED_ACTS),
      by: z.enum(HANDS),
      atMs: z.int(),
      dueAtMs: z.int(),
      impediment: z.enum(IMPEDIMENTS).exactOptional(),
    })
    .exactOptional(),
  proxy: z.strictObject({ by: z.enum(HANDS), atMs: z.int() }).exactOptional(),
  undone: z.literal(true).exactOptional(),
  cause: z.enum(CAUSES).exactOptional(),
  closure: Identifier.exactOptional(),
  unopened: z.literal(true).exactOptional(),
  unwound: z.literal(true).exactOptional(),
  membersMissing: z.int().min(1).exactOptional(),
});

/** An offer as stored. Its draw and entry are in the key and the field. Pure. */
export function encodeOffer({ draw: _draw, entry: _entry, ...rest }: OfferRecord): string {
  return JSON.stringify(rest);
}

/** Reads what `encodeOffer` wrote. Pure. */
export function decodeOffer(draw: string, entry: string, raw: string): OfferRecord {
  return { draw, entry, ...Stored.parse(JSON.parse(raw)) };
}
