import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A message as it went out. */
export interface Sent {
  /** `<kind>.<entry>.<subject>`. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** A mail server that refuses two people, for ever and for now, and quotes them as it does. */
export async function openMail(arrived: (message: Sent) => void) {
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
export async function openGateway(arrived: (message: Sent) => void) {
  const server = createServer(async (req, res) => {
    const { to, text, reference } = JSON.parse((await buffer(req)).toString());
    if (to.endsWith('82713')) return void res.writeHead(422).end(`${to} is not a number: ${text}`);
    arrived({ id: reference, to, text });
    res.end('{}');
  });
  return listening(server);
}

/**
 * A registry of AGDREF numbers that does not know one of them, quotes what it is asked when it fails,
 * which it does at first, and keeps what it was asked.
 */
export async function openRegistry(unknown: string) {
  const asked: { readonly head: string; readonly body: string }[] = [];
  const server = createServer(async (req, res) => {
    const body = (await buffer(req)).toString();
    asked.push({ head: `${req.url} ${JSON.stringify(req.headers)}`, body });
    if (asked.length === 1) return void res.writeHead(503).end(`not now: ${body}`);
    res.end(JSON.stringify({ known: !body.includes(unknown), asked: body }));
  });
  return { asked, ...(await listening(server)) };
}

async function listening(server: Server) {
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
