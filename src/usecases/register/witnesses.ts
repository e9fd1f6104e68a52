import { createHash } from 'node:crypto';
import type { Metrics } from '../../metrics/metrics.ts';
import { DeliveryError } from '../../notifications/channels/channel.ts';
import type { SignedPost } from '../../notifications/channels/signed-post.ts';
import type { Store } from '../../store/store.ts';

/** Somebody outside who keeps every head of the register, so that none can be taken back. */
export interface Witness {
  /** Twelve hex digits of its address: it stays the same when others come and go. */
  readonly id: string;
  readonly url: URL;
  readonly post: SignedPost;
}

export interface WitnessDeps {
  readonly store: Pick<Store, 'register'>;
  readonly witnesses: readonly Witness[];
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'prefecture' | 'witnessLag' | 'witnessPushes'>;
}

/** The witnesses at these addresses. */
export function createWitnesses(urls: readonly string[], post: SignedPost): Witness[] {
  return urls.map((url) => {
    const id = createHash('sha256').update(url).digest('hex').slice(0, 12);
    return { id, url: new URL(url), post };
  });
}

/**
 * Sends the newest head of a register to a witness that has not taken it, with the proof that it
 * continues the head which the witness took last. Heads in between are not sent: the proof covers
 * them. Safe to repeat: the message of one head keeps its id.
 *
 * @throws DeliveryError if the witness did not take it: try again later.
 */
export async function informWitness(
  deps: WitnessDeps,
  prefecture: string,
  witnessId: string,
): Promise<void> {
  const { store, metrics, clock } = deps;
  const witness = deps.witnesses.find(({ id }) => id === witnessId);
  const head = await store.register.head(prefecture);
  if (!witness || !head) return;
  const known = await store.register.accepted(prefecture, witness.id);
  const labels = { prefecture: metrics.prefecture(prefecture), witness: witness.id };
  metrics.witnessLag.set(labels, head.size - known);
  if (known >= head.size) return;
  const proof = known === 0 ? [] : await store.register.consistency(prefecture, known, head.size);
  const { size, checkpoint } = head;
  const body = JSON.stringify({
    type: 'tirage.checkpoint',
    timestamp: new Date(clock()).toISOString(),
    data: { prefecture, size, checkpoint, previousSize: known, consistencyProof: proof },
  });
  const id = `checkpoint.${prefecture}.${size}.${witness.id}`;
  try {
    // The operator chose the address: it may be one of a neighbour.
    await witness.post(witness.url, { id, body, allowPrivate: true });
  } catch (error) {
    const refused = error instanceof DeliveryError && error.permanent;
    metrics.witnessPushes.inc({ outcome: refused ? 'refused' : 'failed' });
    throw error;
  }
  metrics.witnessPushes.inc({ outcome: 'accepted' });
  await store.register.accept(prefecture, witness.id, size);
  metrics.witnessLag.set(labels, 0);
}
