import { gunzipSync } from 'node:zlib';
import { packPart } from '../../store/draws/gzip-parts.ts';

/** Bytes of text in one part of a record, before gzip: below the 1 MiB that a part may have. */
const partBytes = 1_000_000;

/**
 * Packs lines, each with its line feed, into gzip members. One after the other they are one valid
 * gzip file. Pure: the same lines give the same parts.
 */
export function* packLines(lines: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > partBytes && text !== '') {
      yield packPart(text);
      text = '';
    }
    text += line;
  }
  if (text !== '') yield packPart(text);
}

/** The lines of packed parts, without their line feeds. A line never spans two parts. */
export function* unpackLines(parts: Iterable<Uint8Array>): Generator<string> {
  for (const part of parts) {
    const text = gunzipSync(part).toString('utf8');
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield text.slice(start, end);
      start = end + 1;
    }
  }
}
