import type { Sha256 } from '../base/sha256.ts';

/** The next number of a stream, at least 0 and below 1. */
export type Random = () => number;

/** Where everything comes from that a simulation does not compute itself. */
export interface Sources {
  /** A stream that depends on these 64 hex digits alone. */
  readonly random: (seed: string) => Random;
  readonly sha256: Sha256;
}

/** The independent streams of one replication: each purpose has its own. */
export interface Streams {
  stream(purpose: string): Random;
  /** 64 hex digits. */
  seed(purpose: string): string;
}

/**
 * The streams of one replication. Pure.
 *
 * Arrivals have streams that no policy shares in, so every policy meets the same persons.
 *
 * @param seed the text that stands for the seed, without a colon unless it names a prefecture.
 */
export function replicationStreams(seed: string, replication: number, sources: Sources): Streams {
  const seedOf = (purpose: string) =>
    sources.sha256.hex(`simulate:${seed}:${replication}:${purpose}`);
  return { stream: (purpose) => sources.random(seedOf(purpose)), seed: seedOf };
}
