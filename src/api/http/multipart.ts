import { RequestError } from './request-error.ts';

/** One field of a form that came as multipart/form-data. */
export interface FormPart {
  readonly name: string;
  readonly isFile: boolean;
  readonly bytes: Uint8Array;
}

/** Our forms have two. */
const MOST_PARTS = 8;
/** Bytes of the header lines of one part: a name of a file, and little else. */
const LONGEST_HEAD = 2048;

/**
 * Takes a form apart (RFC 7578). What has more parts than any form of ours, or longer headers, is
 * refused as soon as that is seen: a parser for everything takes half a second for 20,000 empty
 * parts. The bytes are not copied. Pure.
 *
 * @throws RequestError `body_malformed`
 */
export function readMultipart(body: Buffer, contentType: string): FormPart[] {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  const first = `--${boundary}`;
  const between = Buffer.from(`\r\n${first}`, 'latin1');
  // What stands before the first boundary is nobody's.
  let at =
    body.subarray(0, first.length).toString('latin1') === first ? 0 : body.indexOf(between) + 2;
  if (at === 1) throw malformed();
  const parts: FormPart[] = [];
  for (;;) {
    at += first.length;
    const after = body.subarray(at, at + 2).toString('latin1');
    if (after === '--') return parts;
    if (after !== '\r\n' || parts.length === MOST_PARTS) throw malformed();
    const head = body.subarray(at, at + LONGEST_HEAD).indexOf('\r\n\r\n');
    const end = head === -1 ? -1 : body.indexOf(between, at + head + 4);
    if (end === -1) throw malformed();
    const bytes = body.subarray(at + head + 4, end);
    parts.push({ ...namesOf(body.toString('utf8', at, at + head)), bytes });
    at = end + 2;
  }
}

function namesOf(head: string): Pick<FormPart, 'name' | 'isFile'> {
  const [, disposition = ''] = /\r\ncontent-disposition:([^\r]*)/i.exec(head) ?? [];
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? '';
  return { name, isFile: /;\s*filename\*?=/i.test(disposition) };
}

function malformed(): RequestError {
  return new RequestError('body_malformed', 'is not a form');
}
