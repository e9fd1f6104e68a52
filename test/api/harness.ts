import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { type Logger, pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createApp } from '#src/api/http/app.ts';
import type { ApiDeps } from '#src/api/http/deps.ts';
import type { AgentKey, Role } from '#src/domain/agents/agent.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import type { RegistryAnswer } from '#src/identity/directory/directory.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { newAgentKey } from '#src/identity/keys/agent-keys.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createPseudonyms } from '#src/identity/keys/pseudonyms.ts';
import { createSigner } from '#src/identity/keys/signer.ts';
import { createTokens } from '#src/identity/keys/tokens.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import type { Oidc } from '#src/identity/oidc/oidc.ts';
import { createIdentityKeys } from '#src/identity/person/identity-key.ts';
import { createWorkDesk, type WorkPurpose } from '#src/identity/proof-of-work.ts';
import { createMetrics } from '#src/metrics/metrics.ts';
import { createQueues, type Queues } from '#src/store/core/queues.ts';
import { createWaker } from '#src/store/core/waker.ts';
import { createStore } from '#src/store/store.ts';
import { createDrawScheduler } from '#src/usecases/draws/scheduler.ts';
import type { Limits } from '#src/usecases/limits/limits.ts';
import { solve } from '../../scripts/demo/work.ts';
import { createFileCounter } from '../support/counter.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../support/samples.ts';
import { checkAnswer } from './contract.ts';

export const prefecture = '92';
export const otherPrefecture = '93';
export const minuteMs = 60_000;
export const hourMs = 3_600_000;

export interface CallOptions {
  readonly token?: string;
  readonly json?: unknown;
  /** Sent as it stands. */
  readonly raw?: string | Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  /** The parsed JSON, for tests to look at any member. */
  // biome-ignore lint/suspicious/noExplicitAny: every answer was checked against the document.
  readonly body: any;
}

const keyring = (letter: string) =>
  parseKeyring(`k1:${Buffer.from(letter.repeat(32)).toString('base64')}`);

/** Limits that only tests of limits meet. */
const ample = { requestsPerMinute: 100_000, messagesPerHour: 100_000, attemptsPerHour: 100_000 };

export type Api = ReturnType<typeof useApi>;

/** The whole API over real HTTP, on the real store, with a clock that stands still. */
export function useApi(
  {
    workTries = 1,
    hasSms = true,
    ...limits
  }: Partial<Limits> & { workTries?: number; hasSms?: boolean } = {},
  oidc?: () => Oidc,
) {
  const redis = useRedis();
  const store = createStore(redis);
  const vault = createVault(keyring('a'));
  const tokens = createTokens(keyring('b'));
  const signer = createSigner(keyring('d'));
  const desk = createWorkDesk(keyring('b'), 1);
  const time = { nowMs: sampleNowMs };
  const clock = () => time.nowMs;
  const logged: string[] = [];
  const state = { draining: false, registry: 'known' as RegistryAnswer };
  let queueRedis: Redis;
  let queues: Queues;
  let deps: ApiDeps;
  let server: Server;
  let origin = '';

  beforeAll(() => {
    queueRedis = new Redis(redisUrl(), { maxRetriesPerRequest: null });
    queues = createQueues(queueRedis);
  });
  afterAll(async () => {
    for (const queue of Object.values(queues)) await queue.close();
    await queueRedis.quit();
  });
  beforeEach(async () => {
    time.nowMs = sampleNowMs;
    state.draining = false;
    state.registry = 'known';
    logged.length = 0;
    await store.prefectures.create(prefecture, twoTypes());
    await store.prefectures.create(otherPrefecture, twoTypes());
    const entropy = operatorEntropy(vault);
    deps = {
      store,
      queues,
      vault,
      tokens,
      signer,
      clock,
      waker: createWaker({ queues, onError: (error) => logged.push(String(error)) }),
      scheduler: createDrawScheduler({ store, queues, entropy, clock }),
      identityKeys: createIdentityKeys(keyring('c')),
      metrics: createMetrics(),
      logger: listening(logged),
      registerOrigin: 'tirage.example.org',
      pseudonyms: createPseudonyms(keyring('c')),
      publicUrl: () => 'https://rdv.example.org',
      limits: { ...ample, ...limits },
      work: { desk, tries: workTries },
      oidc: oidc?.(),
      hasSms,
      trustProxy: 1,
      registry: { check: () => Promise.resolve(state.registry) },
      draining: () => state.draining,
    };
    server = createServer(createApp(deps));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  });
  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await deps.waker.close();
  });

  /** Solves a challenge of one try: for real, and at once. */
  const solution = async (purpose: WorkPurpose, of = prefecture): Promise<string> =>
    solve(await desk.challenge({ prefecture: of, purpose, nowMs: time.nowMs }, 1));

  /** What a request must carry that asks for work, unless it carries something already. */
  const workOf = async (method: string, path: string, headers: CallOptions['headers'] = {}) => {
    const [, of = '', route] =
      /^\/v1\/prefectures\/([^/]+)\/(entries|link-requests)$/.exec(path) ?? [];
    if (method !== 'POST' || route === undefined || 'proof-of-work' in headers) return {};
    return { 'proof-of-work': await solution(route === 'entries' ? 'join' : 'link', of) };
  };

  /** Sends a request; the answer must be as the OpenAPI document says. */
  const send = async (method: string, path: string, options: CallOptions = {}): Promise<Reply> => {
    const { token, json, raw, type, headers = {} } = options;
    const work = await workOf(method, path, headers);
    const body = json === undefined ? raw : JSON.stringify(json);
    const media = type ?? (json === undefined ? undefined : 'application/json');
    const answer = await exchange(`${origin}${path}`, method, body, {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(media === undefined ? {} : { 'content-type': media }),
      'audit-reason': 'a test',
      ...work,
      ...headers,
    });
    const { status, text } = answer;
    const answered = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const pathname = new URL(path, origin).pathname;
    checkAnswer({ method, path: pathname, status, type: answered, text });
    const parsed = /^application\/(problem\+)?json$/.test(answered) ? JSON.parse(text) : undefined;
    return { ...answer, body: parsed };
  };

  return {
    redis,
    store,
    tokens,
    vault,
    time,
    logged,
    state,
    send,
    solution,
    deps: () => deps,
    queues: () => queues,
    origin: () => origin,
    /** Sends a request to the prefecture. */
    call: (method: string, path: string, options?: CallOptions) =>
      send(method, `/v1/prefectures/${prefecture}${path}`, options),
    /** A new API key of a role. */
    async keyOf(role: Role, of = prefecture, members: Partial<AgentKey> = {}): Promise<string> {
      const { key, id, hash } = newAgentKey();
      const common = { id, role, label: role, hash, createdAtMs: time.nowMs };
      await store.agents.put(of, { ...common, ...members });
      return key;
    },
    /** Lets more than the second pass for which a prefecture is remembered. */
    forget() {
      time.nowMs += 10_000;
    },
  };
}

/** One request as it goes over the wire: fetch would add headers of its own, and unpack. */
export function exchange(
  url: string,
  method: string,
  body: string | Buffer | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; headers: Headers; text: string; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, async (response) => {
      const bytes = Buffer.concat(await response.toArray());
      const received = new Headers();
      for (const [name, value] of Object.entries(response.headers)) {
        received.set(name, String(value));
      }
      resolve({
        status: response.statusCode ?? 0,
        headers: received,
        text: bytes.toString(),
        bytes,
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Two sites; renewals need an AGDREF number, first requests are served at both sites. */
export function twoTypes(): Pick<Prefecture, 'settings' | 'sites' | 'requestTypes' | 'rules'> {
  const sample = samplePrefecture();
  const [site] = sample.sites;
  const [type] = sample.requestTypes;
  if (!site || !type) throw new Error('the sample has a site and a type');
  return {
    ...sample,
    sites: [site, { ...site, id: 'antony' }],
    requestTypes: [
      type,
      { ...type, id: 'first', step: 'first', agdrefRequired: false, sites: ['nanterre', 'antony'] },
    ],
  };
}

const nextPerson = createFileCounter();

/** What a new person sends to join. */
export function joinRequest(members: Record<string, unknown> = {}) {
  const people = nextPerson();
  return {
    requestType: 'renewal',
    person: {
      name: 'Ada Exemple',
      document: { kind: 'agdref', number: String(people).padStart(10, '0') },
    },
    contact: { email: `person-${people}@example.org` },
    language: 'en',
    ...members,
  };
}

/** Joins, and hands in the right code unless told otherwise. */
export async function join(
  api: Api,
  members: Record<string, unknown> = {},
  { verified = true } = {},
): Promise<{ id: string; token: string; request: ReturnType<typeof joinRequest> }> {
  const request = joinRequest(members);
  const { status, body, text } = await api.call('POST', '/entries', { json: request });
  if (status !== 201) throw new Error(`joining: ${status} ${text}`);
  const { id, token } = body;
  if (verified) await verify(api, id);
  return { id, token, request };
}

/** Hands in the right code of an entry's first round. */
export function verify(api: Api, id: string, round = 1): Promise<Reply> {
  const code = api.tokens.code(prefecture, id, round);
  return api.call('POST', `/entries/${id}/verification`, { json: { code } });
}

/** What shows that a person agrees: the call code of their entry. */
export function callProof(api: Api, id: string, round = 0): { readonly callCode: string } {
  return { callCode: api.tokens.callCode(prefecture, id, round) };
}

function listening(lines: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}
