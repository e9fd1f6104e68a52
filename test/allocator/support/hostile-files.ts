import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { small } from './malformed-records.ts';
import { changeLine, recordOf, vector } from './vector-records.ts';

/** 1 manifest, 2 slot, 3 to 5 entries, 6 entropy, 7 winner, 8 outcome: verified. */
const text = small.join('');
const bytes = Buffer.from(text);
const packed = gzipSync(bytes);
const half = bytes.length >> 1;

/** The record with a text of its line 3, an entry, replaced. */
const inLine = (old: string, changed: string | Buffer): Buffer => {
  const at = text.indexOf(old, text.indexOf('\n', text.indexOf('\n') + 1));
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(changed),
    bytes.subarray(at + old.length),
  ]);
};
const missed = (value: string) => inLine('"missed":0', `"missed":${value}`);
const flipped = (at: number) => {
  const changed = Buffer.from(packed);
  changed[at] = (changed[at] ?? 0) ^ 0x55;
  return changed;
};
const utf16 = (order: 'le' | 'be') => {
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? wide : wide.swap16();
};
/** A gzip member with a name, a comment, an extra field and a header checksum or not. */
const withHeader = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 0b0001_1100, 0, 0, 0, 0, 0, 3, 4, 0, 65, 66, 0, 0]),
  Buffer.from('record.ndjson\0a comment\0'),
  packed.subarray(10),
]);
const line = (n: number) => small[n - 1] ?? '';
const members = (count: number) =>
  Array.from({ length: count }, (_, n) => `"a${n}":${n}`).join(',');
const MiB = 1024 * 1024;

/** Right records, whatever they are packed in. */
export const rightFiles: readonly (readonly [string, Buffer])[] = [
  ['plain', bytes],
  ['packed', packed],
  ['packed without compression', gzipSync(bytes, { level: 0 })],
  ['packed with all that a header can have', withHeader],
  ['packed in two members, cut in a line', packIn([half])],
  ['packed in one member for each byte of its first line', packIn(range(1, 60))],
  ['packed, with an empty member first', Buffer.concat([gzipSync(''), packed])],
  ['packed, with an empty member last', Buffer.concat([packed, gzipSync('')])],
];

/** Files that are no right record, each in its own way. Both verifiers must refuse them alike. */
export const hostileFiles: readonly (readonly [string, Buffer])[] = [
  // Nothing, or nearly.
  ['empty', Buffer.alloc(0)],
  ['one line feed', Buffer.from('\n')],
  ['one space', Buffer.from(' ')],
  ['one NUL', Buffer.from('\0')],
  ['a mebibyte of NUL', Buffer.alloc(MiB)],
  ['a mebibyte of line feeds', Buffer.alloc(MiB, '\n')],
  ...['null', 'true', '"x"', '[]', '{}', '0', '{"kind":null}', '{"kind":{}}'].map(
    (json): [string, Buffer] => [`only ${json}`, Buffer.from(`${json}\n`)],
  ),
  ['a page of HTML', Buffer.from('<!doctype html>\n<html><body>404</body></html>\n')],
  ['all of it one list', Buffer.from(`[${small.join(',').replaceAll('\n', '')}]\n`)],
  ['all of it on one line', Buffer.from(`${text.replaceAll('\n', '')}\n`)],
  ['indented', Buffer.from(`${JSON.stringify(JSON.parse(line(1)), null, 2)}\n`)],
  // Encodings.
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
  ['a byte order mark in the middle', inLine('{"id":"a"', '\ufeff{"id":"a"')],
  ['UTF-16, little-endian', utf16('le')],
  ['UTF-16, big-endian', utf16('be')],
  ['a lone surrogate, escaped', inLine('"a"', '"\\ud800"')],
  ['a lone surrogate, in bytes', inLine('"a"', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))],
  ['two surrogates the wrong way round', inLine('"a"', '"\\udc00\\ud800"')],
  ['an overlong slash', inLine('"a"', Buffer.from([0x22, 0xc0, 0xaf, 0x22]))],
  ['a byte that is no UTF-8', inLine('"a"', Buffer.from([0x22, 0xff, 0x22]))],
  ['cut UTF-8', inLine('"a"', Buffer.from([0x22, 0xe2, 0x82, 0x22]))],
  ['letters that look like others', inLine('"a"', '"а"')],
  ['full-width digits', missed('０')],
  ['a needless escape', inLine('"a"', '"\\u0061"')],
  ['an escaped slash', inLine('"a"', '"\\/"')],
  ['an escaped name', inLine('"id"', '"\\u0069d"')],
  ['writing from right to left', inLine('"a"', '"\u202ea"')],
  ['colours of a terminal', inLine('"a"', '"\\u001b[31mverified\\u0007"')],
  ['colours of a terminal, in a name', inLine('"id"', '"\\u001b[2J"')],
  ['a raw control character', inLine('"a"', '"a\u0001"')],
  ['a line feed in a text', inLine('"a"', '"a\n"')],
  // Line ends.
  ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['CR', Buffer.from(text.replaceAll('\n', '\r'))],
  ['CRLF in one line', inLine('\n', '\r\n')],
  ['form feeds', Buffer.from(text.replaceAll('\n', '\f'))],
  ['line separators of Unicode', Buffer.from(text.replaceAll('\n', '\u2028'))],
  ['an empty line first', Buffer.from(`\n${text}`)],
  ['an empty line last', Buffer.from(`${text}\n`)],
  ['a space last', Buffer.from(`${text} `)],
  ['a NUL last', Buffer.from(`${text}\0`)],
  ['NUL between the lines', Buffer.from(text.replaceAll('\n', '\n\0'))],
  ['a NUL in a line', inLine('"a"', '"a\0"')],
  ['spaces before a line', inLine('{"id":"a"', '  {"id":"a"')],
  ['no last line feed', bytes.subarray(0, -1)],
  ['something after the object', inLine('}\n', '} true\n')],
  ['two objects on a line', inLine('}\n', '}{}\n')],
  // JSON that parsers see differently.
  ['a member twice', inLine('{"id":"a"', '{"id":"a","id":"a"')],
  ['a member twice, the second another', inLine('"missed":0', '"missed":1,"missed":0')],
  ['a kind twice', inLine('"kind":"entry"', '"kind":"slot","kind":"entry"')],
  ['a kind twice, once escaped', inLine('"kind":"entry"', '"\\u006bind":"slot","kind":"entry"')],
  ['__proto__', inLine('{"id":"a"', '{"__proto__":{"missed":0},"id":"a"')],
  ['constructor', inLine('{"id":"a"', '{"constructor":{"prototype":{}},"id":"a"')],
  ['a kind of every object', inLine('"kind":"entry"', '"kind":"hasOwnProperty"')],
  ['a comment', inLine('"missed":0', '"missed":0/**/')],
  ['a comma last', inLine('"missed":0', '"missed":0,')],
  ['single quotes', inLine('"missed":0', "'missed':0")],
  ...[
    ...['1e400', '-1e400', '1e-400', '0e0', '0E1', '-0', '0.0', '1.5', '01', '+1', '0x1', '1_0'],
    ...['9007199254740992', '9007199254740993', '-1', 'NaN', 'Infinity', '-Infinity', 'true'],
    ...['null', '""', '"0"', '[0]', '{}', '1 2', '', `1${'0'.repeat(400)}`, '9'.repeat(6000)],
    ...[`0.${'0'.repeat(6000)}1`, `1e${'9'.repeat(6000)}`, `-${'9'.repeat(5000)}.5`],
  ].map((value): [string, Buffer] => [`the number ${value.slice(0, 20)}`, missed(value)]),
  ['lists in lists, 100,000 deep', missed('['.repeat(100_000) + ']'.repeat(100_000))],
  ['lists in lists that never end', missed('['.repeat(100_000))],
  ['objects in objects', missed(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)],
  ['lists in lists as a whole file', Buffer.from(`${'['.repeat(500_000)}\n`)],
  ['200,000 members', Buffer.from(`{${members(200_000)}}\n${text}`)],
  ['a name of a mebibyte', inLine('"id"', `"${'i'.repeat(MiB)}"`)],
  ['an id of a mebibyte', inLine('"a"', `"${'a'.repeat(MiB)}"`)],
  [
    'a list of 100,000 request types',
    Buffer.from(
      text.replace(
        /"requestTypes":\[[^\]]*\]/,
        `"requestTypes":[${Array.from({ length: 100_000 }, (_, n) => `"t${n}"`).join(',')}]`,
      ),
    ),
  ],
  [
    'one request type 100,000 times',
    Buffer.from(
      text.replace(/"requestTypes":\[[^\]]*\]/, `"requestTypes":[${'"t",'.repeat(99_999)}"t"]`),
    ),
  ],
  // Order and completeness.
  ['twice in a row', Buffer.concat([bytes, bytes])],
  ['from the last line to the first', Buffer.from([...small].reverse().join(''))],
  ['without its last line', Buffer.from(small.slice(0, -1).join(''))],
  ['only its manifest', Buffer.from(line(1))],
  ['void before its entropy', Buffer.from([...small.slice(0, 5), voidLine()].join(''))],
  ['void before its winners', Buffer.from([...small.slice(0, 6), voidLine()].join(''))],
  ['void before its outcome', Buffer.from([...small.slice(0, 7), voidLine()].join(''))],
  ['void, then more', Buffer.from([...small, voidLine(), voidLine()].join(''))],
  ['100,000 lines of junk after it', Buffer.concat([bytes, Buffer.from('junk\n'.repeat(100_000))])],
  [
    'a difference, then a malformed line',
    Buffer.from([...changeLine(small, 7, { entry: 'b' }), 'x\n'].join('')),
  ],
  ['of drand, cut in its entropy', Buffer.from(recordOf(vector('reseat')).join('').slice(0, -900))],
  // Packing.
  ['the magic bytes of gzip', packed.subarray(0, 2)],
  ['the header of gzip', packed.subarray(0, 10)],
  ['half of a packed file', packed.subarray(0, packed.length >> 1)],
  ['a packed file without its checksum', packed.subarray(0, -8)],
  ['a packed file without its last byte', packed.subarray(0, -1)],
  ['a packed file with another checksum', flipped(packed.length - 8)],
  ['a packed file with another length', flipped(packed.length - 4)],
  ['a packed file with another method', flipped(2)],
  ['a packed file with flags that do not exist', withFlags(0xe0)],
  ['a packed file changed in the middle', flipped(packed.length >> 1)],
  ['a packed file, then text', Buffer.concat([packed, Buffer.from('tail')])],
  ['a packed file, then the plain record', Buffer.concat([packed, bytes])],
  ['a packed file, then half of one', Buffer.concat([packed, packed.subarray(0, 100)])],
  ['packed twice', gzipSync(packed)],
  ['plain, then packed', Buffer.concat([bytes, packed])],
  ['zlib', deflateSync(bytes)],
  ['raw deflate', deflateRawSync(bytes)],
  ['the magic bytes of zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0])],
  ['the magic bytes of zip', Buffer.from('PK\u0003\u0004')],
  ['a packed line without end', gzipSync(Buffer.alloc(80 * MiB, '{'), { level: 1 })],
  [
    '300 MiB of line feeds, packed',
    Buffer.concat(Array(10).fill(gzipSync(Buffer.alloc(30 * MiB, '\n')))),
  ],
  ['nothing, packed', gzipSync('')],
];

function voidLine(): string {
  return '{"at":"2026-11-02T10:00:00Z","kind":"event","type":"void"}\n';
}

function withFlags(flags: number): Buffer {
  const changed = Buffer.from(packed);
  changed[3] = flags;
  return changed;
}

function packIn(cuts: readonly number[]): Buffer {
  const ends = [...cuts, bytes.length];
  return Buffer.concat(
    ends.map((end, at) => gzipSync(bytes.subarray(at === 0 ? 0 : ends[at - 1], end))),
  );
}

function range(from: number, until: number): number[] {
  return Array.from({ length: until - from }, (_, n) => from + n);
}
