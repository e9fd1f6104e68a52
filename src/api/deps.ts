import type { Logger } from 'pino';
import type { IdentityKeys } from '../identity/identity-key.ts';
import type { Signer } from '../identity/signer.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Vault } from '../identity/vault.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DrawScheduler } from '../store/draw-scheduler.ts';
import type { Queues } from '../store/queues.ts';
import type { Store } from '../store/store.ts';
import type { Waker } from './waker.ts';

/** What `createApp` is given. */
export interface ApiDeps {
  readonly store: Store;
  /** Read for their depths, at `/metrics`. */
  readonly queues: Queues;
  /** Tells workers that there is something to do. Close it before the queues. */
  readonly waker: Waker;
  readonly scheduler: DrawScheduler;
  readonly tokens: Tokens;
  /** What the names of registers begin with. */
  readonly registerOrigin: string;
  readonly signer: Signer;
  readonly vault: Vault;
  readonly identityKeys: IdentityKeys;
  readonly metrics: Metrics;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly limits: Limits;
  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  readonly trustProxy: number;
  /** Whether the service is shutting down: `/ready` answers 503 from then on. */
  readonly draining: () => boolean;
}

/** Requests a minute from one address block: one IPv4 address, or an IPv6 /64. */
export interface Limits {
  /** Joins, codes, answers and other changes. Reading may be ten times as much. */
  readonly requestsPerMinute: number;
}
