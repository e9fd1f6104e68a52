import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { certificatesPageUrl, checkUrl } from '../../identity/links/page.ts';
import { personContext } from '../../identity/person/context.ts';
import { type CertificateCode, createCertificatePaper } from '../../papers/certificate-paper.ts';
import type { Certificate } from '../../papers/claims.ts';
import { sealPaper } from '../../papers/seal.ts';
import { signCertificate } from '../../usecases/certificates/certify.ts';
import { entropyNotes } from '../draws/notes.ts';
import type { ApiDeps } from '../http/deps.ts';
import { dateWriterOf, typeLabels } from './receipt-paper.ts';

/**
 * Draws that one QR code holds. Three make about 1,300 characters, in modules of half a millimetre,
 * which telephones read from paper; longer certificates are printed with several codes.
 */
const DRAWS_PER_CODE = 3;

type PaperDeps = Pick<ApiDeps, 'signer' | 'publicUrl'>;

/** A certificate as a sealed PDF, which carries the whole of it. `name`: printed, and nowhere else. */
export async function certificatePaper(
  deps: PaperDeps,
  prefecture: Prefecture,
  claims: Certificate,
  name: string | undefined,
): Promise<Buffer> {
  const { signer, publicUrl } = deps;
  const pdf = await createCertificatePaper({
    claims,
    prefecture: prefecture.settings.labels,
    requestType: typeLabels(prefecture, claims.requestType),
    ...(name === undefined ? {} : { name }),
    codes: codesOf(deps, claims),
    checkAddress: certificatesPageUrl(publicUrl()),
    keyId: signer.current.keyId,
    weakerNote: entropyNotes.weaker,
    writeDate: dateWriterOf(prefecture),
  });
  return sealPaper(pdf, signCertificate(deps, claims), signer.signJws);
}

/** The name of an entry's person, opened for this one paper; undefined once it was erased. */
export function nameOf(
  { vault }: Pick<ApiDeps, 'vault'>,
  prefecture: string,
  { id, sealed }: EntryRecord,
): string | undefined {
  return sealed === '' ? undefined : vault.open(sealed, personContext(prefecture, id)).name;
}

function codesOf(deps: PaperDeps, claims: Certificate): CertificateCode[] {
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
