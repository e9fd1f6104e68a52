import { drandRoundAt, drandTimeOf, QUICKNET } from '../../allocator/entropy/drand.ts';
import type { DrandBeacon } from './drand-relays.ts';
import type { EntropySource } from './entropy.ts';

/** Time from the choice of a round to the manifest that names it being public. */
const PUBLICATION_MS = 10_000;
/** Relays need a moment after the instant of a round. */
const RELAY_MS = 1000;
const SHORTEST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

export interface DrandEntropyDeps {
  readonly relays: { ask(round: number): Promise<DrandBeacon | undefined> };
  /** Seconds that lie at least between the publication of a manifest and its round. */
  readonly marginSeconds: number;
  readonly clock: () => number;
}

/**
 * A round of drand quicknet that does not exist yet when the manifest that names it is published.
 * Where no relay gives that very round, the draw waits. It never takes another one.
 */
export function drandEntropy({ relays, marginSeconds, clock }: DrandEntropyDeps): EntropySource {
  return {
    prepare: async () => ({ entropy: { source: 'drand', chain: QUICKNET.chain } }),
    declare({ id, entropy }, nowMs) {
      if (entropy.source !== 'drand') throw new Error(`draw ${id} is not tied to drand`);
      const { source, chain } = entropy;
      const round = drandRoundAfter(nowMs + PUBLICATION_MS + marginSeconds * 1000);
      return { entropy: { source, chain, round }, withinMs: PUBLICATION_MS };
    },
    async reveal(_prefecture, { id, manifest }) {
      const declared = manifest?.entropy;
      if (declared?.source !== 'drand') throw new Error(`the manifest of ${id} names no round`);
      if (declared.chain !== QUICKNET.chain) throw new Error(`draw ${id} names another chain`);
      const knownMs = drandTimeOf(declared.round) * 1000 + RELAY_MS;
      if (clock() < knownMs) return { outcome: 'waiting', untilMs: knownMs };
      const entropy = await relays.ask(declared.round);
      if (entropy) return { outcome: 'revealed', entropy };
      const nowMs = clock();
      return { outcome: 'waiting', untilMs: nextAskMs(knownMs, nowMs), lateMs: nowMs - knownMs };
    },
  };
}

/** The first round of quicknet whose instant lies after another (ms since 1970). Pure. */
export function drandRoundAfter(ms: number): number {
  return drandRoundAt(Math.ceil(ms / 1000)) + 1;
}

/**
 * When to ask again: each wait is half as long as all before it, within bounds. It lies on a grid
 * of waits, so that two workers who ask at the same time wait for one and the same instant. Pure.
 */
function nextAskMs(knownMs: number, nowMs: number): number {
  const waited = (nowMs - knownMs) / 2;
  const grid =
    SHORTEST_WAIT_MS * 2 ** Math.max(0, Math.floor(Math.log2(waited / SHORTEST_WAIT_MS)));
  const wait = Math.min(LONGEST_WAIT_MS, grid);
  return Math.ceil((nowMs + wait) / wait) * wait;
}
