import type { Logger } from 'pino';
import type { Registry } from '../identity/directory/directory.ts';
import type { Pseudonyms } from '../identity/keys/pseudonyms.ts';
import type { Signer } from '../identity/keys/signer.ts';
import type { Tokens } from '../identity/keys/tokens.ts';
import type { Vault } from '../identity/keys/vault.ts';
import type { IdentityKeys } from '../identity/person/identity-key.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Waker } from '../store/core/waker.ts';
import type { Store } from '../store/store.ts';
import type { Signals } from './abuse/signals.ts';
import type { DrawScheduler } from './draws/scheduler.ts';
import type { Limits, PersonLimits } from './limits/limits.ts';
import type { ProofOfWork, WorkSettings } from './limits/proof-of-work.ts';
import type { PrefectureCache } from './prefectures/cache.ts';
import type { Overviews } from './public/overview.ts';

/** What is given to use cases from outside. */
export interface Ports {
  readonly store: Store;
  /** Tells workers that there is something to do. Close it before the queues. */
  readonly waker: Waker;
  readonly scheduler: DrawScheduler;
  readonly tokens: Tokens;
  readonly signer: Signer;
  /** What the names of registers begin with. */
  readonly registerOrigin: string;
  /** The address that people reach the service at, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly vault: Vault;
  readonly identityKeys: IdentityKeys;
  readonly pseudonyms: Pseudonyms;
  /** Which AGDREF numbers exist; absent: they are taken as they are given. */
  readonly registry?: Registry | undefined;
  readonly metrics: Metrics;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly work: WorkSettings;
  /** Whether messages go to telephones. Where not, the pages ask for an e-mail address. */
  readonly hasSms: boolean;
}

/** What use cases are made of. Each names the part that it needs: `Pick<UseCaseDeps, …>`. */
export interface UseCaseDeps extends Ports {
  readonly prefectures: PrefectureCache;
  readonly overviews: Overviews;
  readonly personLimits: PersonLimits;
  readonly proofOfWork: ProofOfWork;
  readonly signals: Signals;
}
