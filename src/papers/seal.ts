import { hash } from 'node:crypto';
import { z } from 'zod';
import { HEX_256 } from '../base/hex.ts';

/**
 * A sealed PDF carries two lines of comment, which no reader of PDF looks at, right before its last
 * `startxref`:
 *
 *     %tirage-document <JWS>    the receipt or certificate that is printed in it
 *     %tirage-seal <JWS>        signed: SHA-256 of all bytes of the file but those of this line
 *
 * Whatever is changed, put in or appended, the printed name included, breaks the seal.
 */
const documentMark = '%tirage-document ';
const sealMark = '%tirage-seal ';
const tailMark = 'startxref';

/** What the header of a seal calls it. */
export const SEAL_TYPE = 'tirage-seal+jwt';

/** What a seal says. */
export const Seal = z.strictObject({ v: z.literal(1), sha256: z.string().regex(HEX_256) });

/** What is sealed: what a PDF carries, read but not yet believed. */
export interface SealedPaper {
  readonly document: string;
  readonly seal: string;
  /** SHA-256 of the file without the seal, hex: what the seal must have signed. */
  readonly sha256: string;
}

/**
 * Puts a signed document into a PDF and seals the whole.
 *
 * @param signJws as of `Signer`.
 */
export function sealPaper(
  pdf: Buffer,
  document: string,
  signJws: (typ: string, claims: object) => string,
): Buffer {
  const at = pdf.lastIndexOf(tailMark);
  if (at === -1) throw new Error('not a PDF');
  const before = Buffer.concat([pdf.subarray(0, at), line(documentMark, document)]);
  const after = pdf.subarray(at);
  const sha256 = hash('sha256', Buffer.concat([before, after]));
  return Buffer.concat([before, line(sealMark, signJws(SEAL_TYPE, { v: 1, sha256 })), after]);
}

/** What a PDF carries; undefined where the two lines do not stand in their place. Pure. */
export function readSealed(pdf: Buffer): SealedPaper | undefined {
  const end = pdf.lastIndexOf(`\n${tailMark}`) + 1;
  const sealAt = pdf.lastIndexOf(sealMark, end);
  const documentAt = pdf.lastIndexOf(documentMark, sealAt);
  if (end === 0 || sealAt === -1 || documentAt === -1) return undefined;
  const document = textOf(pdf.subarray(documentAt, sealAt), documentMark);
  const seal = textOf(pdf.subarray(sealAt, end), sealMark);
  if (document === undefined || seal === undefined) return undefined;
  const unsealed = Buffer.concat([pdf.subarray(0, sealAt), pdf.subarray(end)]);
  return { document, seal, sha256: hash('sha256', unsealed) };
}

/** Whether a file says that it is a PDF. Pure. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

function line(mark: string, text: string): Buffer {
  return Buffer.from(`${mark}${text}\n`, 'latin1');
}

function textOf(bytes: Buffer, mark: string): string | undefined {
  const text = bytes.toString('latin1').slice(mark.length);
  return /^[\w.-]+\n$/.test(text) ? text.trimEnd() : undefined;
}
