import { afterEach } from 'vitest';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { verifyJws } from '#src/identity/keys/signer.ts';
import { CERTIFICATE_TYPE } from '#src/papers/claims.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { openHouse } from '../../support/house.ts';
import { redisUrl } from '../../support/redis.ts';
import { sampleSlot } from '../../support/samples.ts';
import { type Api, hourMs, type join, prefecture } from '../harness.ts';

export type Person = Awaited<ReturnType<typeof join>>;

/** Draws with one new place each, with the real workers' steps, and what people can prove after. */
export function useMissedDraws(api: Api) {
  const houses: ReturnType<typeof openHouse>[] = [];
  afterEach(async () => {
    for (const house of houses.splice(0)) await house.close();
  });
  const steps = () => {
    const house = openHouse({ redisUrl: redisUrl(), nowMs: api.time.nowMs });
    houses.push(house);
    return house.steps({ entropy: operatorEntropy(api.vault) });
  };

  return {
    /** A draw, some weeks from now. */
    async draw(weeks = 0): Promise<string> {
      api.time.nowMs += weeks * 7 * 24 * hourMs;
      const start = '2027-06-20T09:00:00+02:00';
      const slot = sampleSlot({ id: `s-${api.time.nowMs}`, start, capacity: 1 });
      await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
      const { id } = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
      await advanceDraws(steps(), prefecture);
      api.forget();
      return id;
    },
    /** Gives freed places on. */
    sweep: () => sweep(steps(), prefecture),
    /** Those who were offered a place of a draw, and those who were not. */
    async sorted(people: readonly Person[], of: string) {
      const ids = people.map(({ id }) => `${of}.${id}`);
      const offers = await Promise.all(ids.map((id) => api.store.offers.get(prefecture, id)));
      const won = people.filter((_, at) => offers[at] !== undefined);
      return { won, missed: people.filter((person) => !won.includes(person)) };
    },
    read: ({ id, token }: Person, path: string) =>
      api.call('GET', `/entries/${id}/${path}`, { token }),
    /** The claims of a certificate that this service signed. */
    claimsOf: async (jws: string) =>
      // biome-ignore lint/suspicious/noExplicitAny: tests look at it member by member.
      (await verifyJws(CERTIFICATE_TYPE, jws, api.deps().signer.keys)).claims as any,
  };
}
