import { gunzipSync, inflateSync } from 'node:zlib';

/** One piece of personal data, made so that it cannot occur by chance. */
export interface Mark {
  /** Whose it is, and what: `zephyrine name`. */
  readonly name: string;
  readonly text: string;
}

/** Something that was left anywhere, to be searched. */
export interface Trace {
  /** Where it lay, for people: `redis tirage:{92}:entries`, `answer POST /entries 400`. */
  readonly where: string;
  readonly bytes: Buffer;
}

export interface Finding {
  readonly where: string;
  readonly mark: string;
  readonly encoding: string;
}

interface Needle {
  readonly mark: Mark;
  readonly encoding: string;
  readonly bytes: Buffer;
}

/** A part of base64 that does not depend on what stands before or after: whole groups only. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    return encoded.slice(first, last);
  });
}

const percent = (bytes: Buffer) =>
  [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** JSON as other writers escape it: every character that is not ASCII as \\uXXXX. */
const escaped = (text: string) =>
  [...text.split('')]
    .map((unit) =>
      unit.charCodeAt(0) < 0x80 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .join('');

const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

function encodingsOf(text: string): [string, Buffer][] {
  const utf8 = Buffer.from(text);
  const ascii = (encoding: string, encoded: string): [string, Buffer] => [
    encoding,
    Buffer.from(encoded),
  ];
  const base64 = base64Cores(utf8).flatMap((core, shift) => [
    ascii(`base64url +${shift}`, core),
    ascii(`base64 +${shift}`, core.replaceAll('-', '+').replaceAll('_', '/')),
  ]);
  const utf16 = Buffer.from(text, 'utf16le');
  return [
    ['clear', utf8],
    ['utf-16le', utf16],
    ['utf-16be', swapped(utf16)],
    ...base64,
    ascii('hex', utf8.toString('hex')),
    ascii('HEX', utf8.toString('hex').toUpperCase()),
    ascii('percent', percent(utf8)),
    ascii('PERCENT', percent(utf8).toUpperCase()),
    ascii('percent where needed', encodeURIComponent(text)),
    ascii('json', escaped(text)),
    ascii('quoted-printable', percent(utf8).replaceAll('%', '=').toUpperCase()),
  ];
}

/** Spellings in which a text may have been kept: cases, and composed or not. */
function spellingsOf(text: string): string[] {
  return [
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.normalize('NFD'),
    text.normalize('NFC'),
  ];
}

/** Finds marks in whatever encoding they were left. */
export function createSearch(marks: readonly Mark[]) {
  const needles = new Map<string, Needle>();
  for (const mark of marks) {
    for (const spelling of new Set(spellingsOf(mark.text))) {
      for (const [encoding, bytes] of encodingsOf(spelling)) {
        const key = bytes.toString('hex');
        if (!needles.has(key)) needles.set(key, { mark, encoding, bytes });
      }
    }
  }
  const list = [...needles.values()];
  return ({ where, bytes }: Trace): Finding[] =>
    unpacked(bytes).flatMap((content) =>
      list
        .filter((needle) => content.includes(needle.bytes))
        .map(({ mark, encoding }) => ({ where, mark: mark.name, encoding })),
    );
}

/** The bytes, and what is inside if they are compressed: gzip, or the streams of a PDF. */
function unpacked(bytes: Buffer): Buffer[] {
  const isGzip = bytes.length > 18 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (isGzip) return [bytes, gunzipSync(bytes)];
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-'
    ? [bytes, ...streamsOf(bytes)]
    : [bytes];
}

function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 1)) {
    const begin = at + 'stream\n'.length;
    // zlib's first byte; anything else is not compressed, and was searched with the whole.
    if (pdf[begin] === 0x78) {
      streams.push(inflateSync(pdf.subarray(begin, pdf.indexOf('endstream', begin))));
    }
  }
  return streams;
}
