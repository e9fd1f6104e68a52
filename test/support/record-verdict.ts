import type { Verdict } from '#src/allocator/record/verdict.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import type { Store } from '#src/store/store.ts';
import { prefecture } from './house.ts';

/** What the verifier says about the record of a draw as the public gets it. */
export async function recordVerdict(store: Store, drawId: string): Promise<Verdict> {
  const parts = await Array.fromAsync(store.draws.record(prefecture, drawId));
  const text = Buffer.concat(parts).toString('utf8');
  return verifyRecord(text.match(/[^\n]*\n/g) ?? [], { sha256: nodeSha256 });
}
