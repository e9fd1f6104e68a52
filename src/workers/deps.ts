import type { Logger } from 'pino';
import type { Registry } from '../identity/directory/directory.ts';
import type { EntropySource } from '../identity/entropy/entropy.ts';
import type { Signer } from '../identity/keys/signer.ts';
import type { Tokens } from '../identity/keys/tokens.ts';
import type { Vault } from '../identity/keys/vault.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Channel } from '../notifications/channels/channel.ts';
import type { Renderer } from '../notifications/render/render.ts';
import type { Queues } from '../store/core/queues.ts';
import type { Connection } from '../store/core/redis.ts';
import type { Store } from '../store/store.ts';
import type { Witness } from '../usecases/register/witnesses.ts';
import type { OnStep } from '../usecases/steps.ts';

/** What `createWorkers` is given. */
export interface WorkerDeps {
  readonly store: Store;
  /** Opens a connection for one BullMQ worker (`maxRetriesPerRequest: null`); it closes it. */
  readonly connect: () => Connection;
  readonly queues: Queues;
  readonly vault: Vault;
  /** Which AGDREF numbers exist; absent: nobody is asked. */
  readonly registry?: Registry | undefined;
  readonly tokens: Tokens;
  readonly channels: readonly Channel[];
  readonly renderer: Renderer;
  readonly entropy: EntropySource;
  readonly clock: () => number;
  /** See `TimeDeps`. */
  readonly playsTime?: true | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Signs the heads of registers. */
  readonly signer: Signer;
  /** What the names of registers begin with. */
  readonly registerOrigin: string;
  readonly witnesses: readonly Witness[];
  /** Where people find the service, without a slash at the end. */
  readonly publicUrl: string;
  /** Folders where messages and letters lie once they were sent, to be removed after a while. */
  readonly outboxes?: readonly string[];
  readonly onStep?: OnStep;
  /** How soon the jobs of a killed worker are taken over. BullMQ's defaults suit production. */
  readonly timing?: { readonly lockDuration: number; readonly stalledInterval: number };
}
