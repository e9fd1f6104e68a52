import { z } from 'zod';
import { operation } from '../http/operation.ts';
import {
  ConsistencyQuery,
  ConsistencyView,
  CountsView,
  HeadList,
  HeadsPage,
  InclusionQuery,
  InclusionView,
  KeysView,
  LeavesPage,
} from './schemas.ts';

const tag = 'Register';
const access = 'public';
const method = 'get';
const unchanged = { description: 'Unchanged since the ETag that was sent.' };

export const readCheckpoint = operation({
  id: 'readCheckpoint',
  method,
  path: '/register/checkpoint',
  tag,
  summary: 'The newest signed head',
  description: 'A signed note as c2sp.org/tlog-checkpoint defines it.',
  access,
  answers: {
    200: { description: 'The checkpoint.', schema: z.string(), type: 'text/plain' },
    304: unchanged,
  },
  refusals: ['checkpoint_unavailable'],
});

export const listHeads = operation({
  id: 'listRegisterHeads',
  method,
  path: '/register/heads',
  tag,
  summary: 'Every signed head, the oldest first',
  access,
  query: HeadsPage,
  answers: { 200: { description: 'A page of heads.', schema: HeadList }, 304: unchanged },
});

export const listLeaves = operation({
  id: 'listRegisterEntries',
  method,
  path: '/register/entries',
  tag,
  summary: 'The leaves of the register, as far as they are signed',
  description:
    'One leaf a line, without its line feed the very text that is hashed. A page with as many ' +
    'lines as `limit` never changes.',
  access,
  query: LeavesPage,
  answers: {
    200: { description: 'A page.', schema: z.string(), type: 'application/x-ndjson' },
    304: unchanged,
  },
});

export const proveInclusion = operation({
  id: 'proveRegisterInclusion',
  method,
  path: '/register/inclusion',
  tag,
  summary: 'Proof that a leaf lies in the tree of a size',
  access,
  query: InclusionQuery,
  answers: { 200: { description: 'The proof.', schema: InclusionView }, 304: unchanged },
  refusals: ['leaf_not_found', 'tree_not_found'],
});

export const proveConsistency = operation({
  id: 'proveRegisterConsistency',
  method,
  path: '/register/consistency',
  tag,
  summary: 'Proof that a tree continues an older one',
  access,
  query: ConsistencyQuery,
  answers: { 200: { description: 'The proof.', schema: ConsistencyView }, 304: unchanged },
  refusals: ['tree_not_found'],
});

export const readRegisterKeys = operation({
  id: 'readRegisterKeys',
  method,
  path: '/register/keys',
  tag,
  summary: 'The keys that sign heads, and those that did',
  access,
  answers: { 200: { description: 'All keys.', schema: KeysView }, 304: unchanged },
});

export const readRegisterCounts = operation({
  id: 'readRegisterCounts',
  method,
  path: '/register/counts',
  tag,
  summary: 'Draws planned, drawn, void and repeated; entries with priority',
  access,
  answers: { 200: { description: 'The counts.', schema: CountsView }, 304: unchanged },
});
