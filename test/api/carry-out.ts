import { carryOut } from '#src/usecases/offers/proxy.ts';
import { type Api, prefecture } from './harness.ts';

/** Does what others gave up for people and nobody has undone, as the worker of offers does. */
export async function carryOutDue(api: Api): Promise<void> {
  const { store, metrics } = api.deps();
  for (const id of await store.offers.due(prefecture, api.time.nowMs, 100)) {
    const offer = await store.offers.get(prefecture, id);
    if (offer) await carryOut({ store, metrics }, prefecture, offer, api.time.nowMs);
  }
}
