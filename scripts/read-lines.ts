import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** No line of a record comes near this; it only bounds the memory that a wrong file can take. */
const longestLine = 64 * 1024 * 1024;

/**
 * Reads a file, or standard input for `-`, as chunks of bytes. What begins with gzip's magic bytes
 * is unpacked, whatever its name; several gzip members in a row are read as one.
 *
 * @throws Error of the file system or of zlib.
 */
export async function* readBytes(
  path: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const source: Readable = path === '-' ? process.stdin : createReadStream(path);
  const chunks: AsyncIterator<Buffer> = countBytes(source, onRead);
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
    yield chunk;
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
