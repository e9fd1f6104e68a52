import { z } from 'zod';
import { LARGEST_PARTY } from '../allocator/types.ts';
import { HEX_256 } from '../base/hex.ts';
import { STRENGTHS } from '../domain/draws/strength.ts';
import { Identifier } from '../domain/values.ts';

const Instant = z.iso.datetime({ precision: 0 });
const Hash = z.string().regex(HEX_256);
const Count = z.int().min(0);

/** What the header of a receipt calls it. */
export const RECEIPT_TYPE = 'tirage-receipt+jwt';
/** What the header of a certificate calls it. */
export const CERTIFICATE_TYPE = 'tirage-certificate+jwt';

/** Draws of one certificate, at most: a year of weeks. */
export const MOST_DRAWS = 52;

const PartySize = z.int().min(2).max(LARGEST_PARTY).optional();

/** What a receipt says. `accepts` is the SHA-256 of the RFC 8785 form; absent: anything. */
export const Receipt = z.strictObject({
  v: z.literal(1),
  prefecture: Identifier,
  entry: Identifier,
  requestType: Identifier,
  joinedAt: Instant,
  /** Absent while the person has not verified their contact: such an entry is in no draw yet. */
  waitingSince: Instant.optional(),
  accepts: Hash.optional(),
  /** Absent: since joining. */
  acceptsSince: Instant.optional(),
  /** How many people come together; absent: one. */
  party: PartySize,
  /** When that last changed; absent: as it joined. */
  partySince: Instant.optional(),
  iat: Count,
});
export type Receipt = z.infer<typeof Receipt>;

/** One draw in which an entry took part without being offered a place. */
export const MissedDraw = z.strictObject({
  draw: Identifier,
  /** The instant whose entries the draw was about. */
  frozenAt: Instant,
  /** ISO week of the freeze in the time zone of the prefecture: `2026-W49`. */
  week: z.string().regex(/^\d{4}-W\d\d$/),
  /** 1 is the best of all entries of the draw, whatever they asked for. */
  rank: z.int().min(1),
  entries: z.int().min(1),
  /** Entries of the same request type. */
  waiting: z.int().min(1),
  /** Places of the slots that may serve this request type; types share them. */
  places: Count,
  manifestHash: Hash,
  /** Of its randomness. `weaker`: the secret of who runs the service, committed to in advance. */
  strength: z.enum(STRENGTHS),
  /** The reserve list could still give an offer when the certificate was made. */
  open: z.literal(true).optional(),
  /** Declared void after its outcome: it counts for nothing, and not as an attempt. */
  void: z.literal(true).optional(),
});
export type MissedDraw = z.infer<typeof MissedDraw>;

/** What a certificate says: draws in which the entry took part and was offered no place. No name. */
export const Certificate = z.strictObject({
  v: z.literal(1),
  prefecture: Identifier,
  entry: Identifier,
  requestType: Identifier,
  /** How many people come together, as the certificate is made; absent: one. */
  party: PartySize,
  draws: z.array(MissedDraw).min(1).max(MOST_DRAWS),
  iat: Count,
});
export type Certificate = z.infer<typeof Certificate>;

/** How many draws count, and in how many ISO weeks they were: void ones do not. Pure. */
export function attemptsOf({ draws }: Pick<Certificate, 'draws'>): {
  draws: number;
  weeks: number;
} {
  const counted = draws.filter((draw) => !draw.void);
  return { draws: counted.length, weeks: new Set(counted.map(({ week }) => week)).size };
}
