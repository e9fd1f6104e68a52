import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { QUICKNET } from './allocator/entropy/drand.ts';
import { createApp, createHealthApp } from './api/http/app.ts';
import { createHttpServer } from './api/http/server.ts';
import { createChannels, openWitnesses } from './channels.ts';
import type { Config } from './config/config.ts';
import type { Registry } from './identity/directory/directory.ts';
import { openRegistry } from './identity/directory/open.ts';
import { drandEntropy } from './identity/entropy/drand.ts';
import { DrandRelays } from './identity/entropy/drand-relays.ts';
import { type EntropySource, entropySources, operatorEntropy } from './identity/entropy/entropy.ts';
import { createPseudonyms } from './identity/keys/pseudonyms.ts';
import { createSigner } from './identity/keys/signer.ts';
import { createTokens } from './identity/keys/tokens.ts';
import { createVault, type Vault } from './identity/keys/vault.ts';
import { createOidc } from './identity/oidc/oidc.ts';
import { createIdentityKeys } from './identity/person/identity-key.ts';
import { createWorkDesk } from './identity/proof-of-work.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { parseSender } from './notifications/channels/email.ts';
import { createRenderer } from './notifications/render/render.ts';
import { type Closer, closeAll } from './shutdown.ts';
import type { DataVersionError } from './store/core/data-version.ts';
import { checkDurability } from './store/core/health.ts';
import { nodeSha256 } from './store/core/node-sha256.ts';
import { openData, watchData } from './store/core/open-data.ts';
import { createQueues } from './store/core/queues.ts';
import { type Connection, connect } from './store/core/redis.ts';
import { createWaker } from './store/core/waker.ts';
import { createStore, type Store } from './store/store.ts';
import { createDrawScheduler } from './usecases/draws/scheduler.ts';
import { createLetterKeeper } from './usecases/messages/letter-keeper.ts';
import { createWorkers } from './workers/workers.ts';

export type Role = 'api' | 'worker' | 'all';

export interface ServiceOptions {
  readonly config: Config;
  readonly role: Role;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Tests play time by `clock`. Absent: freezes have their instant from Redis. */
  readonly playsTime?: true;
  readonly logger: Logger;
  /**
   * Called once if a newer release migrates the stored data while this one runs: from then on this
   * one may write nothing, and must end.
   */
  readonly onNewerData?: (error: DataVersionError) => void;
  /** Folders where sent messages lie, which this service is to keep small. */
  readonly outboxes?: readonly string[];
}

export interface Service {
  /** Where it answers: `http://host:port`. A worker shows health and metrics there. */
  readonly url: string;
  readonly store: Store;
  /** Asks the workers to settle what is due now, without waiting for the next sweep. */
  sweep(prefecture: string): void;
  /**
   * Stops taking work, ends what is under way, closes everything.
   *
   * @throws AggregateError of what could not be closed, once all else is.
   */
  stop(): Promise<void>;
}

/** Builds the service from its parts and starts it. What was opened is closed if a part fails. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const closers: Closer[] = [];
  try {
    return await start(options, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function start(options: ServiceOptions, closers: Closer[]): Promise<Service> {
  const redis = open(options, 'tirage-store');
  closers.push(() => redis.quit());
  await checkDurability(redis, {
    isStrict: options.config.production,
    warn: (text) => options.logger.warn(text),
  });
  await openData(redis, { log: (fields, text) => options.logger.info(fields, text) });
  closers.push(watchData(redis, options.onNewerData ?? (() => {})));
  const registry = await openRegistry(options.config.registry, {
    keyring: options.config.identityKeys,
    clock: options.clock,
    onError: (reason) => options.logger.error({ reason }, 'registry of documents'),
  });
  const parts = { ...createParts(redis, options, closers), registry };
  const { server, url, draining } = await listen(options, parts);
  if (options.role !== 'api') {
    closers.push(...(await startWorkers(options, parts, url).catch(closing(server))));
  }
  closers.push(() => {
    draining.value = true;
    return closeServer(server);
  });
  return {
    url,
    store: parts.store,
    sweep: (prefecture) => parts.waker.soon('offers', prefecture),
    stop: async () => {
      const failures = await closeAll(closers);
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    },
  };
}

function open(
  { config, logger }: ServiceOptions,
  connectionName: string,
  maxRetriesPerRequest?: null,
): Connection {
  const connection = connect(config.redisUrl, {
    connectionName,
    enableAutoPipelining: true,
    ...(maxRetriesPerRequest === null ? { maxRetriesPerRequest } : {}),
  });
  connection.on('error', (error) => logger.error({ error: error.message }, 'redis'));
  return connection;
}

type Parts = ReturnType<typeof createParts> & { readonly registry: Registry | undefined };

/** What API and workers share. */
function createParts(
  redis: Connection,
  { config, clock, logger }: ServiceOptions,
  closers: Closer[],
) {
  const store = createStore(redis);
  const queues = createQueues(redis);
  closers.push(() => Promise.all(Object.values(queues).map((queue) => queue.close())));
  const waker = createWaker({
    queues,
    onError: (error) => logger.warn({ error: String(error) }, 'a wake was lost'),
  });
  closers.push(() => waker.close());
  const vault = createVault(config.sealingKeys);
  const metrics = createMetrics();
  const entropy = createEntropy({ config, clock }, vault, metrics);
  return {
    store,
    queues,
    waker,
    vault,
    entropy,
    scheduler: createDrawScheduler({ store, queues, entropy, clock }),
    tokens: createTokens(config.tokenKeys),
    signer: createSigner(config.signingKeys),
    metrics,
  };
}

function createEntropy(
  { config, clock }: Pick<ServiceOptions, 'config' | 'clock'>,
  vault: Vault,
  metrics: Metrics,
): EntropySource {
  const relays = new DrandRelays({
    relays: config.drandRelays,
    chain: QUICKNET.chain,
    sha256: nodeSha256,
    onFault: (relay, reason) => metrics.relayFailures.inc({ relay, reason }),
  });
  const drand = drandEntropy({ relays, marginSeconds: config.drandMarginSeconds, clock });
  return entropySources({ drand, operator: operatorEntropy(vault) }, config.entropySource);
}

interface Listening {
  readonly server: Server;
  readonly url: string;
  readonly draining: { value: boolean };
}

async function listen(
  { config, role, clock, logger }: ServiceOptions,
  parts: Parts,
): Promise<Listening> {
  const draining = { value: false };
  let url = '';
  const health = { ...parts, logger, draining: () => draining.value };
  const app =
    role === 'worker'
      ? createHealthApp(health)
      : createApp({
          ...health,
          identityKeys: createIdentityKeys(config.identityKeys),
          clock,
          registerOrigin: config.registerOrigin,
          pseudonyms: createPseudonyms(config.identityKeys),
          oidc: config.oidc && createOidc(config.oidc),
          limits: config.limits,
          publicUrl: () => publicUrlOf(config, url),
          work: { desk: createWorkDesk(config.tokenKeys), tries: config.workTries },
          hasSms: config.sms !== undefined,
          trustProxy: config.trustProxy,
        });
  const server = createHttpServer(app);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  url = `http://${host}:${port}`;
  return { server, url, draining };
}

function publicUrlOf({ publicUrl }: Config, url: string): string {
  return (publicUrl ?? url).replace(/\/$/, '');
}

/** Closes the server that listens already when the next part does not start. */
function closing(server: Server): (error: unknown) => Promise<never> {
  return async (error) => {
    await closeServer(server);
    throw error;
  };
}

/** Returns what closes them. */
async function startWorkers(options: ServiceOptions, parts: Parts, url: string): Promise<Closer[]> {
  const { config, clock, logger } = options;
  const channels = createChannels(config, clock, createLetterKeeper({ ...parts, clock }));
  const workers = await createWorkers({
    ...parts,
    connect: () => open(options, 'tirage-worker', null),
    channels,
    renderer: createRenderer({ organizerEmail: parseSender(config.mailFrom).address }),
    registerOrigin: config.registerOrigin,
    witnesses: openWitnesses(config, clock),
    outboxes: options.outboxes ?? [],
    clock,
    playsTime: options.playsTime,
    logger,
    publicUrl: publicUrlOf(config, url),
  });
  return [() => Promise.all(channels.map((channel) => channel.close())), () => workers.close()];
}

/** Takes no new connection, lets requests under way end, drops connections that are idle. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}
