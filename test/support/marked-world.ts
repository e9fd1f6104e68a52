import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { readConfig } from '#src/config.ts';
import { startEmbeddedRedis } from '#src/embedded-redis.ts';
import { newAgentKey } from '#src/identity/agent-keys.ts';
import { startService } from '#src/service.ts';
import { closeAll } from '#src/shutdown.ts';
import type { Role } from '#src/store/types.ts';
import { exchange, prefecture, twoTypes } from '../api/harness.ts';
import { testEnvironment } from './environment.ts';
import type { Trace } from './marks.ts';
import { sampleNowMs } from './samples.ts';

const patienceMs = 30_000;

/** A message as it went out. */
export interface Sent {
  /** `<kind>.<entry>.<subject>`. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

export interface Answer {
  readonly status: number;
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
  const logs: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) });
  const time = { nowMs: sampleNowMs };
  const config = readConfig({
    ...testEnvironment(redis.url, mail.url),
    WORK_TRIES: '1',
    SMS_GATEWAY_URL: gateway.url,
    SMS_GATEWAY_TOKEN: 'a-token-of-the-test',
    WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of this test only').toString('base64')}`,
  });
  const service = await startService({ config, role: 'all', clock: () => time.nowMs, logger });
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
    if (!own) {
      answers.push(
        { where: route, bytes: reply.bytes },
        { where: route, bytes: Buffer.from(head) },
      );
    }
    const isJson = /^application\/(problem\+)?json/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      text: reply.text,
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
        stop,
      ]),
  };
}

/** A mail server that refuses two people, for ever and for now, and quotes them as it does. */
async function openMail(arrived: (message: Sent) => void) {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, callback) {
      const responseCode = { refused: 550, deferred: 451 }[address.split('.')[0] ?? ''];
      if (responseCode === undefined) return callback();
      callback(Object.assign(new Error(`<${address}> is not wanted here`), { responseCode }));
    },
    onData(stream, { envelope }, callback) {
      void buffer(stream)
        .then((bytes) => simpleParser(bytes))
        .then(({ messageId = '', subject = '', text = '' }) => {
          const to = envelope.rcptTo.map(({ address }) => address).join();
          const id = messageId.replace(/^<|@.*$/g, '');
          arrived({ id, to, text: `${subject}\n${text}` });
          callback();
        }, callback);
    },
  });
  server.on('error', () => {});
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.server.address() as AddressInfo; // it listens on TCP
  const close = () => new Promise<void>((done) => server.close(done));
  return { url: `smtp://127.0.0.1:${port}`, close };
}

/** A gateway for text messages that quotes whom it refuses. */
async function openGateway(arrived: (message: Sent) => void) {
  const server = createServer(async (req, res) => {
    const { to, text, reference } = JSON.parse((await buffer(req)).toString());
    if (to.endsWith('82713')) return void res.writeHead(422).end(`${to} is not a number: ${text}`);
    arrived({ id: reference, to, text });
    res.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
