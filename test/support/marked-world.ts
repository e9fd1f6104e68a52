import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '#src/config/config.ts';
import type { Role } from '#src/domain/agents/agent.ts';
import { startEmbeddedRedis } from '#src/embedded/redis.ts';
import { newAgentKey } from '#src/identity/keys/agent-keys.ts';
import { startService } from '#src/service.ts';
import { closeAll } from '#src/shutdown.ts';
import { exchange, prefecture, twoTypes } from '../api/harness.ts';
import { testEnvironment } from './environment.ts';
import { signedIn, stranger } from './marked-people.ts';
import { openGateway, openMail, openRegistry, type Sent } from './marked-servers.ts';
import type { Trace } from './marks.ts';
import { clientId, clientSecret, startProvider } from './oidc.ts';
import { readPdf } from './pdf.ts';
import { sampleNowMs } from './samples.ts';

const patienceMs = 30_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Of a PDF: what can be read in it. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any member
  readonly body: any;
}

export type MarkedWorld = Awaited<ReturnType<typeof openMarkedWorld>>;

/**
 * The whole service on a Redis of its own, with a mail server and an SMS gateway that repeat what
 * they refuse, a clock that stands still, and everything it says kept: answers, logs, messages.
 */
export async function openMarkedWorld() {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-marked-'));
  // Not compressed, so that nothing hides in the snapshot.
  const extraArgs = ['--rdbcompression', 'no'];
  const redis = await startEmbeddedRedis({ directory, appendfsync: 'no', extraArgs });
  const sent: Sent[] = [];
  const arrivals = new EventEmitter();
  const arrived = (message: Sent) => {
    sent.push(message);
    arrivals.emit('message');
  };
  const mail = await openMail(arrived);
  const gateway = await openGateway(arrived);
  const registry = await openRegistry(stranger.document.number);
  const publicUrl = 'https://rdv.example.org';
  const accounts = { [signedIn.sub]: signedIn.claims };
  const provider = await startProvider(accounts, `${publicUrl}/v1/agents/callback`);
  const logs: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) });
  const time = { nowMs: sampleNowMs };
  const config = readConfig({
    ...testEnvironment(redis.url, mail.url),
    WORK_TRIES: '1',
    SMS_GATEWAY_URL: gateway.url,
    SMS_GATEWAY_TOKEN: 'a-token-of-the-test',
    PUBLIC_URL: publicUrl,
    REGISTRY_URL: registry.url,
    REGISTRY_TOKEN: 'a-token-of-the-registry',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_USERINFO_ALG: 'RS256',
    OIDC_ROLES: JSON.stringify([{ prefecture, role: 'agent', claims: { siret: 'x' } }]),
    WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of this test only').toString('base64')}`,
  });
  const service = await startService({
    config,
    role: 'all',
    clock: () => time.nowMs,
    playsTime: true,
    logger,
  });
  const { settings, ...rest } = twoTypes();
  const absences = { absenceDraws: 1, lateCancelHours: 24 };
  await service.store.prefectures.create(prefecture, {
    ...rest,
    settings: { ...settings, ...absences },
  });
  const answers: Trace[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= service.stop();
    return stopping;
  };

  /** Sends a request and keeps the answer, head and body, as a trace unless it is for its person. */
  const call = async (
    method: string,
    path: string,
    {
      token,
      json,
      raw,
      type = 'application/json',
      headers = {},
      own = false,
    }: {
      token?: string;
      json?: unknown;
      raw?: string;
      type?: string;
      headers?: Record<string, string>;
      /** An answer that must hold what the person gave, to the person. */
      own?: boolean;
    } = {},
  ): Promise<Answer> => {
    const body = json === undefined ? raw : JSON.stringify(json);
    const url = `${service.url}${path.startsWith('~') ? path.slice(1) : `/v1/prefectures/${prefecture}${path}`}`;
    const reply = await exchange(url, method, body, {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    });
    const head = JSON.stringify([...reply.headers]);
    const route = `answer ${answers.length} ${method} ${path.split('?')[0]} ${reply.status}`;
    const isPdf = reply.headers.get('content-type') === 'application/pdf';
    const text = isPdf ? (await readPdf(reply.bytes)).text : reply.text;
    if (!own) {
      const bytes = [reply.bytes, Buffer.from(head), ...(isPdf ? [Buffer.from(text)] : [])];
      answers.push(...bytes.map((one) => ({ where: route, bytes: one })));
    }
    const isJson = /^application\/(problem\+)?json/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      body: isJson ? JSON.parse(reply.text) : undefined,
    };
  };

  return {
    service,
    store: service.store,
    redis,
    directory,
    time,
    sent,
    logs,
    answers,
    asked: registry.asked,
    provider,
    call,
    /**
     * Waits for a message whose id fits; one that came before is as good. Meanwhile what is due is
     * looked for again and again, as the sweep does every half minute.
     */
    message: async (fits: RegExp): Promise<Sent> => {
      const sweeping = setInterval(() => service.sweep(prefecture), 200);
      try {
        for (;;) {
          const found = sent.find(({ id }) => fits.test(id));
          if (found) return found;
          await once(arrivals, 'message', { signal: AbortSignal.timeout(patienceMs) });
        }
      } finally {
        clearInterval(sweeping);
      }
    },
    keyOf: async (role: Role): Promise<string> => {
      const { key, id, hash } = newAgentKey();
      const agent = { id, role, label: role, hash, createdAtMs: time.nowMs };
      await service.store.agents.put(prefecture, agent);
      return key;
    },
    /** Stops the service, so that everything is written; Redis goes on. */
    stop,
    close: () =>
      closeAll([
        () => rm(directory, { recursive: true, force: true }),
        () => redis.stop(),
        mail.close,
        gateway.close,
        registry.close,
        provider.stop,
        stop,
      ]),
  };
}
