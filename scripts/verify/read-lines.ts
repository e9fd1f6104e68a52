import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';

/** No line of a record comes near this; it only bounds the memory that a wrong file can take. */
const longestLine = 64 * 1024 * 1024;

export interface Limits {
  /** Of what is read, unpacked. */
  readonly bytes: number;
  /** Until the last byte of what comes over the network. */
  readonly ms: number;
}

/** A record of ten million entries is 3 GB long. */
const generous: Limits = { bytes: 8 * 1024 ** 3, ms: 30 * 60_000 };

/** Whether a name is an address of the web, and not a path. Pure. */
export function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/**
 * Reads a file, an http(s) address, or standard input for `-`, as chunks of bytes. What begins with
 * gzip's magic bytes is unpacked, whatever its name; several gzip members in a row are read as one.
 *
 * @throws Error of the file system, the network or zlib, or of a limit that is exceeded.
 */
export async function* readBytes(
  name: string,
  onRead: (bytes: number) => void = () => {},
  limits = generous,
): AsyncGenerator<Buffer> {
  let left = limits.bytes;
  for await (const chunk of unpack(countBytes(await open(name, limits), onRead))) {
    left -= chunk.length;
    if (left < 0) throw new Error(`longer than ${limits.bytes} bytes`);
    yield chunk;
  }
}

/** A whole text that is short: UTF-8. @throws Error as `readBytes` */
export async function readText(name: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await readSmallFile(name));
}

/** A whole file that is short. @throws Error as `readBytes` */
export async function readSmallFile(name: string): Promise<Buffer> {
  const limits = { bytes: 16 * 1024 ** 2, ms: 60_000 };
  return Buffer.concat(await Array.fromAsync(readBytes(name, undefined, limits)));
}

async function open(name: string, { ms }: Limits): Promise<Readable> {
  if (name === '-') return process.stdin;
  if (!isAddress(name)) return createReadStream(name);
  const response = await fetch(name, { signal: AbortSignal.timeout(ms) });
  const { ok, body } = response;
  if (!ok || !body) throw new Error(await refusedBy(response));
  // The same class, which the types of the web and of Node declare each for itself.
  return Readable.fromWeb(body as ReadableStream<Uint8Array>);
}

/** What a server says instead of what it was asked for: also why, where it tells (RFC 9457). */
async function refusedBy({ status, headers, body }: Response): Promise<string> {
  const said = `the server answered ${status}`;
  if (!body || !headers.get('content-type')?.startsWith('application/problem+json')) return said;
  let text = '';
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.length > 16_384) return said;
  }
  try {
    const { detail } = Object(JSON.parse(text));
    return typeof detail === 'string' ? `${said}: ${detail.slice(0, 500)}` : said;
  } catch {
    return said;
  }
}

async function* unpack(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < 2 && !ended) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const rest = prepend(head, chunks);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(rest);
  else yield* rest;
}

/**
 * Cuts bytes into lines, each with its line feed; the last one lacks it if the input does. Lines
 * come in batches. Bytes are read as Latin-1, one character each: a record is pure ASCII, so
 * whatever else stands in it (a byte order mark, UTF-8, broken UTF-8) is seen, and refused.
 *
 * @throws Error if a line is longer than any record could have.
 */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let open: Buffer[] = [];
  let openLength = 0;
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      const whole = Buffer.concat([...open, chunk.subarray(0, end)]).toString('latin1');
      open = [];
      openLength = 0;
      yield cut(whole);
    }
    open.push(chunk.subarray(end));
    openLength += chunk.length - end;
    if (openLength > longestLine) throw new Error('a line is too long for a record');
  }
  if (openLength > 0) yield [Buffer.concat(open).toString('latin1')];
}

function cut(whole: string): string[] {
  const lines: string[] = [];
  for (let from = 0; from < whole.length; ) {
    const end = whole.indexOf('\n', from) + 1;
    lines.push(whole.slice(from, end));
    from = end;
  }
  return lines;
}

async function* countBytes(
  source: Readable,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    onRead(chunk.length);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

async function* prepend(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* gunzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // A failure of either stream comes out of the iteration, so the callback has nothing to do.
  yield* pipeline(Readable.from(bytes, { objectMode: false }), createGunzip(), () => {});
}
