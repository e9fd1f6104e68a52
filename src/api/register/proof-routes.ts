import { proveConsistencyOf, proveInclusionOf } from '../../usecases/register/prove.ts';
import { IMMUTABLE } from '../http/cacheable.ts';
import { route } from '../http/route.ts';
import { ConsistencyQuery, ConsistencyView, InclusionQuery, InclusionView } from './schemas.ts';

// Proofs of trees that are no larger than the newest signed head. They never change.

const tag = 'Register';
const access = 'public';
const unchanged = { description: 'Unchanged since the ETag that was sent.' };
const cache = { control: IMMUTABLE };

export const proveInclusion = route({
  id: 'proveRegisterInclusion',
  get: '/register/inclusion',
  tag,
  summary: 'Proof that a leaf lies in the tree of a size',
  access,
  query: InclusionQuery,
  answers: { 200: { description: 'The proof.', schema: InclusionView }, 304: unchanged },
  refusals: ['leaf_not_found', 'tree_not_found'],
  async run({ prefecture, query: { index, size } }, deps) {
    const { root, proof } = await proveInclusionOf(deps, prefecture.id, index, size);
    return { status: 200, body: { index, size, root, proof }, cache };
  },
});

export const proveConsistency = route({
  id: 'proveRegisterConsistency',
  get: '/register/consistency',
  tag,
  summary: 'Proof that a tree continues an older one',
  access,
  query: ConsistencyQuery,
  answers: { 200: { description: 'The proof.', schema: ConsistencyView }, 304: unchanged },
  refusals: ['tree_not_found'],
  async run({ prefecture, query: { first, second } }, deps) {
    const { firstRoot, secondRoot, proof } = await proveConsistencyOf(
      deps,
      prefecture.id,
      first,
      second,
    );
    return { status: 200, body: { first, second, firstRoot, secondRoot, proof }, cache };
  },
});
