import { z } from 'zod';
import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import {
  type CheckedPaper,
  checkedPaper,
  LONGEST_PAPER,
} from '../../usecases/certificates/check.ts';
import { certificatesPage } from '../../web/certificates/page.ts';
import type { RouteDeps } from '../http/deps.ts';
import { page } from '../http/page.ts';
import { checkView } from '../papers/view.ts';

// `/certificates`: whether a paper is genuine, for everyone, without script. Codes on paper lead here
// with what they hold.

/** Characters of a paper in an address. What is longer is no paper. */
const LONGEST_JWS = 5000;
const query = z.object({ jws: z.string().optional().catch(undefined) });

export const showCertificatesPage = page({
  id: 'showCertificatesPage',
  get: '/certificates',
  budget: ({ jws }) => (paperOf(jws) === undefined ? 'read' : 'change'),
  query,
  async run({ query: { jws }, lang }, deps) {
    return { status: 200, html: await checkPage(deps, lang, jws, paperOf(jws)) };
  },
});

export const sendCertificatesPage = page({
  id: 'sendCertificatesPage',
  post: '/certificates',
  budget: 'change',
  query,
  mostFileBytes: LONGEST_PAPER,
  async run({ query: { jws }, upload, lang }, deps) {
    return { status: 200, html: await checkPage(deps, lang, jws, upload) };
  },
});

function paperOf(jws: string | undefined): Uint8Array | undefined {
  return jws === undefined || jws.length > LONGEST_JWS ? undefined : Buffer.from(jws);
}

async function checkPage(
  deps: RouteDeps,
  lang: Language,
  jws: string | undefined,
  paper: Uint8Array | undefined,
): Promise<string> {
  const found = paper && (await checkedPaper(deps, paper));
  const about = found && (await prefectureOf(deps, found));
  return certificatesPage({ lang, checked: found && checkView(found), about, jws });
}

/** For the names of things; a certificate outlives its prefecture. */
async function prefectureOf(
  { store }: RouteDeps,
  checked: CheckedPaper,
): Promise<Prefecture | undefined> {
  if (!('paper' in checked)) return undefined;
  const id = Identifier.safeParse(checked.paper.claims.prefecture).data;
  return id === undefined ? undefined : store.prefectures.get(id);
}
