import { z } from 'zod';

const identifier = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/);
const instant = z.iso.datetime({ precision: 0 });
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

export const receiptType = 'tirage-receipt+jwt';
export const certificateType = 'tirage-certificate+jwt';

/** What a receipt says. `accepts` is the SHA-256 of the RFC 8785 form; absent: anything. */
export const Receipt = z.strictObject({
  v: z.literal(1),
  prefecture: identifier,
  entry: identifier,
  requestType: identifier,
  joinedAt: instant,
  /** Absent while the person has not verified their contact: such an entry is in no draw yet. */
  waitingSince: instant.optional(),
  accepts: hash.optional(),
  /** Absent: since joining. */
  acceptsSince: instant.optional(),
  iat: count,
});
export type Receipt = z.infer<typeof Receipt>;

/** What a certificate says: draws in which the entry took part without being offered a slot. */
export const Certificate = z.strictObject({
  v: z.literal(1),
  prefecture: identifier,
  entry: identifier,
  requestType: identifier,
  holder: z.string().max(1000),
  draws: z
    .array(
      z.strictObject({
        draw: identifier,
        publishedAt: instant,
        week: z.string().regex(/^\d{4}-W\d\d$/),
        rank: z.int().min(1),
        entries: count,
        manifestHash: hash,
      }),
    )
    .max(1000),
  iat: count,
});
export type Certificate = z.infer<typeof Certificate>;
