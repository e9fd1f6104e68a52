import { DomainError } from '../../base/errors.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * Forgets the letters of a local day, which were posted: `count` of them, so that a letter that came
 * after printing is not lost. Answers how many.
 *
 * @throws DomainError `batch_not_found`, `batch_changed`
 */
export async function postBatch(
  { store: { letters } }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  day: string,
  count: number,
): Promise<number> {
  const batch = await letters.batch(prefecture, day);
  if (batch.length !== count) {
    const detail = `this batch has ${batch.length} letters: print it again`;
    throw new DomainError('batch_changed', detail, 'letters');
  }
  const messages = batch.map(({ message }) => message);
  await letters.remove(prefecture, messages);
  return batch.length;
}
