import { SOURCE_LANGUAGE } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { certificatesPageUrl, checkUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { InEveryLanguage } from '../../domain/values.ts';
import { personContext } from '../../identity/person/context.ts';
import { type CertificateCode, createCertificatePaper } from '../../papers/certificate-paper.ts';
import type { Certificate } from '../../papers/claims.ts';
import { sealPaper } from '../../papers/seal.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { UseCaseDeps } from '../deps.ts';
import { certify, signCertificate } from './certify.ts';
import { dateWriterOf, type PrintedPaper, typeLabels } from './printed.ts';

/**
 * Draws that one QR code holds. Three make about 1,300 characters, in modules of half a millimetre,
 * which telephones read from paper; longer certificates are printed with several codes.
 */
const DRAWS_PER_CODE = 3;

type Deps = Pick<UseCaseDeps, 'signer' | 'publicUrl'>;

/** Which certificate is asked for. */
export interface AskedCertificate {
  readonly entry: EntryRecord;
  /** Undefined: of all draws. */
  readonly draw?: string | undefined;
  /** Whether the name is printed; it stands nowhere else. */
  readonly isNamed: boolean;
  readonly nowMs: number;
  /** What is said of a draw whose randomness the operator could have a hand in. */
  readonly weakerNote: InEveryLanguage;
}

/**
 * A certificate as a sealed PDF, which carries the whole of it.
 *
 * @throws DomainError as `certify`
 */
export async function printCertificate(
  deps: Deps & Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: Prefecture,
  asked: AskedCertificate,
): Promise<PrintedPaper> {
  const { signer, publicUrl } = deps;
  const { entry, draw, isNamed, nowMs, weakerNote } = asked;
  const claims = await certify(deps, prefecture, entry, { draw, nowMs });
  const name = isNamed ? nameOf(deps, prefecture.id, entry) : undefined;
  const pdf = await createCertificatePaper({
    claims,
    prefecture: prefecture.settings.labels,
    requestType: typeLabels(prefecture, claims.requestType),
    ...(name === undefined ? {} : { name }),
    codes: codesOf(deps, claims),
    checkAddress: certificatesPageUrl(publicUrl()),
    keyId: signer.current.keyId,
    weakerNote,
    writeDate: dateWriterOf(prefecture),
  });
  const text = textsOf('papers', SOURCE_LANGUAGE);
  const file =
    draw === undefined
      ? text('certificate.file', { entry: entry.id })
      : text('certificate.drawFile', { entry: entry.id, draw });
  const sealed = await sealPaper(pdf, signCertificate(deps, claims), signer.signJws);
  return { name: file, pdf: sealed };
}

/** The name of an entry's person, opened for this one paper; undefined once it was erased. */
function nameOf(
  { vault }: Pick<UseCaseDeps, 'vault'>,
  prefecture: string,
  { id, sealed }: EntryRecord,
): string | undefined {
  return sealed === '' ? undefined : vault.open(sealed, personContext(prefecture, id)).name;
}

function codesOf(deps: Deps, claims: Certificate): CertificateCode[] {
  const { draws } = claims;
  const codes: CertificateCode[] = [];
  for (let at = 0; at < draws.length; at += DRAWS_PER_CODE) {
    const some = draws.slice(at, at + DRAWS_PER_CODE);
    const jws = signCertificate(deps, { ...claims, draws: some });
    const address = checkUrl(deps.publicUrl(), jws);
    codes.push({ address, first: at + 1, last: at + some.length });
  }
  return codes;
}
