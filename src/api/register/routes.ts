import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import { noCounts, type RegisterCounts } from '../../domain/register/leaf.ts';
import { jwksOf } from '../../identity/keys/signer.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import type { SignedHead } from '../../store/register/store.ts';
import { noteKeyText, originOf } from '../../transparency/checkpoint.ts';
import { IMMUTABLE, publicFor, sendCacheable } from '../http/cacheable.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant } from '../http/schemas.ts';
import {
  listHeads,
  listLeaves,
  proveConsistency,
  proveInclusion,
  readCheckpoint,
  readRegisterCounts,
  readRegisterKeys,
} from './operations.ts';

/** Soon enough for whoever watches, seldom enough for a cache to help. */
const FRESH = publicFor(5);
const KEYS = publicFor(300);
const NDJSON = 'application/x-ndjson';

/** The public register: its signed heads and its leaves, as far as they are signed. */
export function mountRegister(router: IRouter, deps: RouteDeps): void {
  const { register } = deps.store;

  mount(router, deps, readCheckpoint, async ({ req, res, prefecture }) => {
    const head = await register.head(prefecture.id);
    if (!head) throw new DomainError('checkpoint_unavailable', 'nothing is signed yet');
    sendCacheable(req, res, head.checkpoint, FRESH, 'text/plain');
  });

  mount(router, deps, listHeads, async ({ req, res, prefecture, query }) => {
    const { from, limit } = query;
    const heads = await register.heads(prefecture.id, from, limit);
    const next = heads.length === limit ? from + limit : null;
    const text = JSON.stringify({ heads: heads.map(headView), next });
    sendCacheable(req, res, text, next === null ? FRESH : IMMUTABLE);
  });

  mount(router, deps, listLeaves, async ({ req, res, prefecture, query }) => {
    const { from, limit } = query;
    const signed = (await register.head(prefecture.id))?.size ?? 0;
    const leaves = await register.leaves(prefecture.id, from, Math.min(from + limit, signed));
    const text = leaves.map((leaf) => `${leaf}\n`).join('');
    sendCacheable(req, res, text, leaves.length === limit ? IMMUTABLE : FRESH, NDJSON);
  });

  mount(router, deps, readRegisterCounts, async ({ req, res, prefecture }) => {
    const { priority, channels, ...counts } = (await register.counts(prefecture.id)) ?? noCounts;
    const view = {
      ...counts,
      priority: priority && priorityView(priority),
      channels: channels && channelView(channels),
    };
    sendCacheable(req, res, JSON.stringify(view), FRESH);
  });
}

/** Proofs of trees that are no larger than the newest signed head. They never change. */
export function mountRegisterProofs(router: IRouter, deps: RouteDeps): void {
  const { register } = deps.store;

  const needTree = async (prefecture: string, size: number) => {
    const signed = (await register.head(prefecture))?.size ?? 0;
    if (size < 1 || size > signed) throw new DomainError('tree_not_found', 'no tree of this size');
  };

  mount(router, deps, proveInclusion, async ({ req, res, prefecture: { id }, query }) => {
    const { index, size } = query;
    await needTree(id, size);
    if (index >= size) throw new DomainError('leaf_not_found', 'no such leaf in this tree');
    const [root, proof] = await Promise.all([
      register.root(id, size),
      register.inclusion(id, index, size),
    ]);
    sendCacheable(req, res, JSON.stringify({ index, size, root, proof }), IMMUTABLE);
  });

  mount(router, deps, proveConsistency, async ({ req, res, prefecture: { id }, query }) => {
    const { first, second } = query;
    await needTree(id, second);
    if (first < 1 || first > second) throw new DomainError('tree_not_found', 'no older tree');
    const [firstRoot, secondRoot, proof] = await Promise.all([
      register.root(id, first),
      register.root(id, second),
      register.consistency(id, first, second),
    ]);
    const view = { first, second, firstRoot, secondRoot, proof };
    sendCacheable(req, res, JSON.stringify(view), IMMUTABLE);
  });
}

/** The keys of the register, in both ways that verifiers know. */
export function mountRegisterKeys(router: IRouter, deps: RouteDeps): void {
  const { signer, registerOrigin } = deps;
  const jwks = jwksOf(signer.keys).keys;

  mount(router, deps, readRegisterKeys, ({ req, res, prefecture }) => {
    const name = originOf(registerOrigin, prefecture.id);
    const keys = signer.keys.map(({ keyId, publicKey }) => {
      const verifierKey = noteKeyText({ name, publicKey }, nodeSha256);
      return { keyId, verifierKey, jwk: jwks.find(({ kid }) => kid === keyId) };
    });
    sendCacheable(req, res, JSON.stringify({ origin: name, keys }), KEYS);
  });
}

function headView({ size, root, signedAtMs, checkpoint }: SignedHead) {
  return { size, root, signedAt: instant(signedAtMs), checkpoint };
}

function priorityView(priority: NonNullable<RegisterCounts['priority']>) {
  const { draw, counts, other, grounds, otherGrounds } = priority;
  const rows = Object.entries(counts);
  return {
    draw,
    requestTypes: rows.map(([requestType, entries]) => ({ requestType, entries })),
    other,
    grounds: Object.entries(grounds).map(([ground, entries]) => ({ ground, entries })),
    otherGrounds,
  };
}

function channelView({ draw, channels, other }: NonNullable<RegisterCounts['channels']>) {
  const rows = Object.entries(channels);
  return { draw, channels: rows.map(([channel, entries]) => ({ channel, entries })), other };
}
