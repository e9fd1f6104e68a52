import { decodeProtectedHeader } from 'jose';
import { DomainError } from '../base/errors.ts';
import { type SigningKey, verifyJws } from '../identity/keys/signer.ts';
import { CERTIFICATE_TYPE, Certificate, RECEIPT_TYPE, Receipt } from './claims.ts';
import { isPdf, readSealed, SEAL_TYPE, Seal } from './seal.ts';

/** Longest text of a JWS, or address around one, that is looked at. */
export const LONGEST_TEXT = 65_536;

/** Longest header of a JWS that is parsed; ours have 60. Nothing has shown yet whose it is. */
const LONGEST_HEADER = 1000;

/** What is wrong with a paper that is not genuine. */
export const FAULTS = [
  'form_unknown',
  'seal_missing',
  'key_unknown',
  'signature_wrong',
  'content_changed',
  'content_unknown',
] as const;
export type Fault = (typeof FAULTS)[number];

export type GenuinePaper = { readonly form: 'jws' | 'pdf'; readonly keyId: string } & (
  | { readonly kind: 'certificate'; readonly claims: Certificate }
  | { readonly kind: 'receipt'; readonly claims: Receipt }
);
export type PaperVerdict =
  | ({ readonly genuine: true } & GenuinePaper)
  | { readonly genuine: false; readonly fault: Fault };

/**
 * Whether these keys signed a receipt or certificate: the text of a JWS, an address that carries
 * one (from a QR code), or a PDF, of which every byte counts. Looks at nothing else. Pure.
 *
 * @param keys every key of the service, former ones too.
 */
export async function checkPaper(
  bytes: Uint8Array,
  keys: readonly SigningKey[],
): Promise<PaperVerdict> {
  if (isPdf(bytes)) return checkPdf(Buffer.from(bytes), keys);
  if (bytes.length > LONGEST_TEXT) return wrong('form_unknown');
  return checkJws(jwsOf(Buffer.from(bytes).toString('latin1')), 'jws', keys);
}

/** The JWS of what a reader of QR codes gives, or somebody pastes. Pure. */
export function jwsOf(text: string): string {
  const [, inAddress] = /[?&#]jws=([\w.-]+)/.exec(text) ?? [];
  // Mail programs and people break long lines.
  return inAddress ?? text.replaceAll(/\s/g, '');
}

async function checkPdf(pdf: Buffer, keys: readonly SigningKey[]): Promise<PaperVerdict> {
  const sealed = readSealed(pdf);
  if (!sealed) return wrong('seal_missing');
  const seal = await openJws(sealed.seal, SEAL_TYPE, keys);
  if (typeof seal === 'string') return wrong(seal);
  const signed = Seal.safeParse(seal.claims).data;
  if (signed?.sha256 !== sealed.sha256) return wrong('content_changed');
  return checkJws(sealed.document, 'pdf', keys);
}

async function checkJws(
  jws: string,
  form: 'jws' | 'pdf',
  keys: readonly SigningKey[],
): Promise<PaperVerdict> {
  const typ = headerOf(jws)?.typ;
  if (typ !== CERTIFICATE_TYPE && typ !== RECEIPT_TYPE) return wrong('form_unknown');
  const opened = await openJws(jws, typ, keys);
  if (typeof opened === 'string') return wrong(opened);
  const { keyId } = opened;
  if (typ === RECEIPT_TYPE) {
    const claims = Receipt.safeParse(opened.claims).data;
    return claims
      ? { genuine: true, kind: 'receipt', form, keyId, claims }
      : wrong('content_unknown');
  }
  const claims = Certificate.safeParse(opened.claims).data;
  return claims
    ? { genuine: true, kind: 'certificate', form, keyId, claims }
    : wrong('content_unknown');
}

async function openJws(jws: string, typ: string, keys: readonly SigningKey[]) {
  const kid = headerOf(jws)?.kid;
  if (!keys.some(({ keyId }) => keyId === kid)) return 'key_unknown';
  try {
    return await verifyJws(typ, jws, keys);
  } catch (error) {
    if (error instanceof DomainError) return 'signature_wrong';
    throw error;
  }
}

function headerOf(jws: string) {
  const length = jws.indexOf('.');
  if (length < 1 || length > LONGEST_HEADER) return undefined;
  try {
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws) ? decodeProtectedHeader(jws) : undefined;
  } catch {
    return undefined;
  }
}

function wrong(fault: Fault): PaperVerdict {
  return { genuine: false, fault };
}
