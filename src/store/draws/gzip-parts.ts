import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync, gunzip } from 'node:zlib';

// Parts of a record are gzip members of a form that can be joined to one member without unpacking:
// browsers read the first member of a file, and no more. In such a part the text is flushed to a whole
// byte, and an empty block ends it (RFC 1951). So it is its own text, and a piece of a longer one.

const unzip = promisify(gunzip);
const deflate = promisify(deflateRaw);
const flushed = { finishFlush: constants.Z_SYNC_FLUSH };

const PLAIN_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** With an extra field, `TJ`, that says so (RFC 1952, 2.3.1.1). Readers pass over it. */
const JOINABLE_HEAD = Buffer.from([
  ...[0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff],
  ...[4, 0, 0x54, 0x4a, 0, 0],
]);
/** A last block, with nothing in it. */
const END = Buffer.from([3, 0]);
const TAIL_BYTES = END.length + 8;

/** Text as a gzip member that `joinParts` can join to others. Pure: the same text, the same bytes. */
export function packPart(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([
    JOINABLE_HEAD,
    deflateRawSync(bytes, flushed),
    END,
    tailOf(crc32(bytes), bytes.length),
  ]);
}

/** The text of a part, whichever release wrote it. */
export function unpackPart(part: Buffer): Promise<Buffer> {
  return unzip(part);
}

/** What `joinParts` joins: a part as it is stored, or text that is not packed yet. */
export type Piece = { readonly part: Buffer } | { readonly text: Buffer };

/**
 * One gzip member of all pieces. Parts go out as they lie, but for their ends; those of earlier
 * releases, and texts, are packed anew.
 */
export async function* joinParts(pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  let [crc, length] = [0, 0];
  yield PLAIN_HEAD;
  for await (const piece of pieces) {
    const { body, ...of } = await bodyOf(piece);
    crc = joinCrcs(crc, of.crc, of.length);
    length += of.length;
    yield body;
  }
  yield Buffer.concat([END, tailOf(crc, length)]);
}

async function bodyOf(piece: Piece): Promise<{ body: Buffer; crc: number; length: number }> {
  if ('part' in piece && isJoinable(piece.part)) {
    const { part } = piece;
    const end = part.length - TAIL_BYTES;
    return {
      body: part.subarray(JOINABLE_HEAD.length, end),
      crc: part.readUInt32LE(end + END.length),
      length: part.readUInt32LE(end + END.length + 4),
    };
  }
  const text = 'part' in piece ? await unzip(piece.part) : piece.text;
  return { body: await deflate(text, flushed), crc: crc32(text), length: text.length };
}

function isJoinable(part: Buffer): boolean {
  return part.subarray(0, JOINABLE_HEAD.length).equals(JOINABLE_HEAD);
}

function tailOf(crc: number, length: number): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc, 0);
  tail.writeUInt32LE(length % 2 ** 32, 4);
  return tail;
}

const POLYNOMIAL = 0xedb88320;

/** x to the power of 2^n, modulo the polynomial of CRC-32, for n from 0 to 31. */
const POWERS = (() => {
  const powers = [0x40000000];
  for (let power = 1; power < 32; power++) {
    const last = powers[power - 1] ?? 0;
    powers.push(multiply(last, last));
  }
  return powers;
})();

/**
 * The CRC-32 of two texts, one after the other, by those of each and the length of the second, as
 * `crc32_combine` of zlib. Pure.
 */
export function joinCrcs(first: number, second: number, secondLength: number): number {
  let shift = 0x80000000;
  // Eight bits a byte: 2^3.
  for (let [left, power] = [secondLength, 3]; left > 0; left = Math.floor(left / 2), power += 1) {
    if (left % 2 === 1) shift = multiply(POWERS[power % 32] ?? 0, shift);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}

/** The product of two polynomials, the lowest power in the highest bit. */
function multiply(a: number, b: number): number {
  let [product, factor] = [0, b];
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}
