import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

const HOST = '127.0.0.1';
/** How long `close` waits for clients that keep a connection open. */
const CLOSE_TIMEOUT_MS = 500;

export interface MailSinkOptions {
  /** Where the .eml files go. Made if it is missing. */
  readonly directory: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly maxBytes?: number;
  /** Called with the file's path when a message lies in its file, before the sender is told so. */
  readonly onMessage?: (file: string) => void;
}

export interface MailSink {
  /** `smtp://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A mail server that delivers nothing: each message becomes one .eml file, named after its
 * Message-ID, so that the same message twice is one file. A file appears whole or not at all.
 * Listens on the loopback interface only, for a demo or tests.
 */
export async function createMailSink(options: MailSinkOptions): Promise<MailSink> {
  const { directory, port = 0, maxBytes = 1024 * 1024 } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    size: maxBytes,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData(stream, _session, callback) {
      keep(stream, options, maxBytes).then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that breaks off is no reason to stop.
  server.on('error', () => {});
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, HOST, () => resolve());
  await promise;
  const { port: taken } = server.server.address() as AddressInfo; // it listens on TCP
  return {
    url: `smtp://${HOST}:${taken}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

async function keep(
  stream: SMTPServerDataStream,
  { directory, onMessage }: MailSinkOptions,
  maxBytes: number,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to the end all the same: SMTP has no way to refuse a message half-way.
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) {
    throw Object.assign(new Error('message too large'), { responseCode: 552 });
  }
  const message = Buffer.concat(chunks);
  const file = join(directory, `${fileNameOf(message)}.eml`);
  const temporary = join(directory, `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, message, { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  onMessage?.(file);
}

/** The Message-ID; with safe characters and a hash where it is not safe as it stands. */
function fileNameOf(message: Buffer): string {
  const end = message.indexOf('\r\n\r\n');
  const head = message.toString('latin1', 0, end === -1 ? message.length : end);
  const id = /^message-id:\s*<([^<>\s]+)>/im.exec(head)?.[1];
  if (id !== undefined && /^[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,200}$/.test(id)) return id;
  const hash = createHash('sha256')
    .update(id ?? message)
    .digest('hex');
  const readable = (id ?? 'message').replace(/[^A-Za-z0-9@-]/g, '_').slice(0, 80);
  return `${readable}.${hash.slice(0, 32)}`;
}
