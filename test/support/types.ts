import type { Store } from '#src/store/store.ts';
import { prefecture } from './house.ts';
import { samplePrefecture } from './samples.ts';

/** Creates the prefecture with request types of these ids, all served at its one site. */
export async function createTypes(store: Store, ids: readonly string[]): Promise<void> {
  const sample = samplePrefecture();
  const requestTypes = ids.flatMap((id) => sample.requestTypes.map((type) => ({ ...type, id })));
  await store.prefectures.create(prefecture, { ...sample, requestTypes });
}
