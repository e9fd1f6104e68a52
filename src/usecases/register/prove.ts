import { DomainError } from '../../base/errors.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store'>;

/**
 * Proves that a leaf lies in the tree of its first `size` leaves.
 *
 * @throws DomainError `tree_not_found` beyond the newest signed head, `leaf_not_found`
 */
export async function proveInclusionOf(
  { store }: Deps,
  prefecture: string,
  index: number,
  size: number,
): Promise<{ readonly root: string; readonly proof: readonly string[] }> {
  const { register } = store;
  await needTree(register, prefecture, size);
  if (index >= size) throw new DomainError('leaf_not_found', 'no such leaf in this tree');
  const [root, proof] = await Promise.all([
    register.root(prefecture, size),
    register.inclusion(prefecture, index, size),
  ]);
  return { root, proof };
}

/**
 * Proves that the tree of `second` leaves continues that of `first`.
 *
 * @throws DomainError `tree_not_found`
 */
export async function proveConsistencyOf(
  { store }: Deps,
  prefecture: string,
  first: number,
  second: number,
) {
  const { register } = store;
  await needTree(register, prefecture, second);
  if (first < 1 || first > second) throw new DomainError('tree_not_found', 'no older tree');
  const [firstRoot, secondRoot, proof] = await Promise.all([
    register.root(prefecture, first),
    register.root(prefecture, second),
    register.consistency(prefecture, first, second),
  ]);
  return { firstRoot, secondRoot, proof };
}

/** Proofs are of trees that are no larger than the newest signed head. */
async function needTree(
  register: Deps['store']['register'],
  prefecture: string,
  size: number,
): Promise<void> {
  const signed = (await register.head(prefecture))?.size ?? 0;
  if (size < 1 || size > signed) throw new DomainError('tree_not_found', 'no tree of this size');
}
