import { jcs } from '../../base/jcs.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Signer } from '../../identity/keys/signer.ts';
import { RECEIPT_TYPE, type Receipt } from '../../papers/claims.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';

/** What a receipt speaks of. */
export type ReceivedEntry = Pick<
  EntryRecord,
  | 'id'
  | 'requestType'
  | 'joinedAtMs'
  | 'waitingSinceMs'
  | 'accepts'
  | 'acceptsSinceMs'
  | 'party'
  | 'partySinceMs'
>;

/**
 * The signed receipt of an entry: a compact JWS, without name or contact. Equal entries have equal
 * receipts, for its times are those of the entry.
 */
export function signReceipt(
  signer: Pick<Signer, 'signJws'>,
  prefecture: string,
  entry: ReceivedEntry,
): string {
  const { id, requestType, joinedAtMs, waitingSinceMs, accepts, acceptsSinceMs } = entry;
  const { party, partySinceMs } = entry;
  const changes = [waitingSinceMs, acceptsSinceMs, partySinceMs].map((atMs) => atMs ?? 0);
  const changedMs = Math.max(joinedAtMs, ...changes);
  return signer.signJws(RECEIPT_TYPE, {
    v: 1,
    prefecture,
    entry: id,
    requestType,
    joinedAt: secondAfter(joinedAtMs),
    ...(waitingSinceMs === undefined ? {} : { waitingSince: secondAfter(waitingSinceMs) }),
    ...(accepts ? { accepts: nodeSha256.hex(jcs(accepts)) } : {}),
    ...(acceptsSinceMs === undefined ? {} : { acceptsSince: secondAfter(acceptsSinceMs) }),
    ...(party === undefined ? {} : { party }),
    ...(partySinceMs === undefined ? {} : { partySince: secondAfter(partySinceMs) }),
    iat: Math.ceil(changedMs / 1000),
  } satisfies Receipt);
}

/** Rounded up: a receipt must not promise a place in a draw that was frozen in that very second. */
function secondAfter(ms: number): string {
  return new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
