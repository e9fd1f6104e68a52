import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { noCounts } from '../../domain/register/leaf.ts';
import { jwksOf } from '../../identity/keys/signer.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { noteKeyText, originOf } from '../../transparency/checkpoint.ts';
import { IMMUTABLE, publicFor } from '../http/cacheable.ts';
import { route } from '../http/route.ts';
import { CountsView, HeadList, HeadsPage, KeysView, LeavesPage } from './schemas.ts';
import { countsView, headView } from './view.ts';

// The public register: its signed heads and its leaves, as far as they are signed, and its keys.

const tag = 'Register';
const access = 'public';
const unchanged = { description: 'Unchanged since the ETag that was sent.' };
/** Soon enough for whoever watches, seldom enough for a cache to help. */
const FRESH = { control: publicFor(5) };
const FOR_EVER = { control: IMMUTABLE };
const KEYS = { control: publicFor(300) };

export const readCheckpoint = route({
  id: 'readCheckpoint',
  get: '/register/checkpoint',
  tag,
  summary: 'The newest signed head',
  description: 'A signed note as c2sp.org/tlog-checkpoint defines it.',
  access,
  answers: {
    200: { description: 'The checkpoint.', schema: z.string(), type: 'text/plain' },
    304: unchanged,
  },
  refusals: ['checkpoint_unavailable'],
  async run({ prefecture }, { store }) {
    const head = await store.register.head(prefecture.id);
    if (!head) throw new DomainError('checkpoint_unavailable', 'nothing is signed yet');
    return { status: 200, body: head.checkpoint, cache: FRESH };
  },
});

export const listHeads = route({
  id: 'listRegisterHeads',
  get: '/register/heads',
  tag,
  summary: 'Every signed head, the oldest first',
  access,
  query: HeadsPage,
  answers: { 200: { description: 'A page of heads.', schema: HeadList }, 304: unchanged },
  async run({ prefecture, query: { from, limit } }, { store }) {
    const heads = await store.register.heads(prefecture.id, from, limit);
    const next = heads.length === limit ? from + limit : null;
    const cache = next === null ? FRESH : FOR_EVER;
    return { status: 200, body: { heads: heads.map(headView), next }, cache };
  },
});

export const listLeaves = route({
  id: 'listRegisterEntries',
  get: '/register/entries',
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
  async run({ prefecture: { id }, query: { from, limit } }, { store: { register } }) {
    const signed = (await register.head(id))?.size ?? 0;
    const leaves = await register.leaves(id, from, Math.min(from + limit, signed));
    const body = leaves.map((leaf) => `${leaf}\n`).join('');
    return { status: 200, body, cache: leaves.length === limit ? FOR_EVER : FRESH };
  },
});

export const readRegisterKeys = route({
  id: 'readRegisterKeys',
  get: '/register/keys',
  tag,
  summary: 'The keys that sign heads, and those that did',
  access,
  answers: { 200: { description: 'All keys.', schema: KeysView }, 304: unchanged },
  async run({ prefecture }, { signer, registerOrigin }) {
    const origin = originOf(registerOrigin, prefecture.id);
    const keys = signer.keys.map((key) => {
      const { keyId, publicKey } = key;
      const verifierKey = noteKeyText({ name: origin, publicKey }, nodeSha256);
      const [jwk] = jwksOf([key]).keys;
      if (!jwk) throw new Error(`key ${keyId} has no JWK`);
      return { keyId, verifierKey, jwk };
    });
    return { status: 200, body: { origin, keys }, cache: KEYS };
  },
});

export const readRegisterCounts = route({
  id: 'readRegisterCounts',
  get: '/register/counts',
  tag,
  summary: 'Draws planned, drawn, void and repeated; entries with priority',
  access,
  answers: { 200: { description: 'The counts.', schema: CountsView }, 304: unchanged },
  async run({ prefecture }, { store }) {
    const counts = (await store.register.counts(prefecture.id)) ?? noCounts;
    return { status: 200, body: countsView(counts), cache: FRESH };
  },
});
