import type { Logger } from 'pino';
import type { Registry } from '../../identity/directory/directory.ts';
import type { Pseudonyms } from '../../identity/keys/pseudonyms.ts';
import type { Signer } from '../../identity/keys/signer.ts';
import type { Tokens } from '../../identity/keys/tokens.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import type { Oidc } from '../../identity/oidc/oidc.ts';
import type { IdentityKeys } from '../../identity/person/identity-key.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Queues } from '../../store/core/queues.ts';
import type { Waker } from '../../store/core/waker.ts';
import type { DrawScheduler } from '../../store/draws/scheduler.ts';
import type { Store } from '../../store/store.ts';
import type { WorkSettings } from '../../usecases/limits/proof-of-work.ts';

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
  /** The address that people reach the service at, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly vault: Vault;
  readonly identityKeys: IdentityKeys;
  readonly pseudonyms: Pseudonyms;
  /** Which AGDREF numbers exist; absent: they are taken as they are given. */
  readonly registry?: Registry | undefined;
  /** Where agents sign in; undefined: by keys alone. */
  readonly oidc: Oidc | undefined;
  readonly metrics: Metrics;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly work: WorkSettings;
  /** Whether messages go to telephones. Where not, the pages ask for an e-mail address. */
  readonly hasSms: boolean;
  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  readonly trustProxy: number;
  /** Whether the service is shutting down: `/ready` answers 503 from then on. */
  readonly draining: () => boolean;
}

/** How much is too much. A minute's limits are of one IPv4 address, IPv6 /64, token or key. */
export interface Limits {
  /** Joins, codes, answers and other changes. Reading may be ten times as much. */
  readonly requestsPerMinute: number;
  /** Messages an hour that joining and asking for links may bring to one mailbox or telephone. */
  readonly messagesPerHour: number;
  /** Requests an hour to join for a person who has an entry already. */
  readonly attemptsPerHour: number;
}
