import type { z } from 'zod';
import { checkPaper, type Fault, type PaperVerdict } from '../../papers/check-paper.ts';
import { attemptsOf, type Certificate } from '../../papers/claims.ts';
import type { ApiDeps } from '../http/deps.ts';
import { instant } from '../http/schemas.ts';
import type { PaperCheck } from './schemas.ts';

/** Bytes of a PDF that is looked at; ours over fifty-two draws has 400 KB. */
export const LONGEST_PAPER = 1_000_000;

export type CheckedPaper = z.infer<typeof PaperCheck>;
type DrawNow = NonNullable<CheckedPaper['draws']>[number];

/** What is said of a paper, by what is wrong with it. */
export const faultTexts: Readonly<Record<Fault | 'draw_differs', { fr: string; en: string }>> = {
  form_unknown: {
    fr: 'Ce n’est ni une attestation ni une preuve d’inscription de ce service, ou le texte est incomplet.',
    en: 'This is neither a certificate nor a proof of entry of this service, or the text is not complete.',
  },
  seal_missing: {
    fr: 'Ce PDF ne porte pas de sceau : il n’a pas été établi par ce service, ou il a été enregistré de nouveau par un autre programme. Essayez avec le fichier d’origine, ou avec le code QR.',
    en: 'This PDF has no seal: this service did not make it, or another program has saved it again. Try the original file, or the QR code.',
  },
  key_unknown: {
    fr: 'Le document est signé par une clé qui n’est pas, et n’a jamais été, une clé de ce service.',
    en: 'The document is signed by a key that is not, and never was, one of this service.',
  },
  signature_wrong: {
    fr: 'La signature est fausse : au moins un caractère a été changé.',
    en: 'The signature is wrong: at least one character was changed.',
  },
  content_changed: {
    fr: 'Ce PDF a été modifié après avoir été scellé : ce qui y est imprimé ne prouve rien.',
    en: 'This PDF was changed after it was sealed: what is printed on it proves nothing.',
  },
  content_unknown: {
    fr: 'La signature est juste, mais le contenu n’est pas celui d’un document de ce service.',
    en: 'The signature is right, but the content is not that of a document of this service.',
  },
  draw_differs: {
    fr: 'La signature est juste, mais le service connaît ce tirage sous une autre empreinte : signalez-le.',
    en: 'The signature is right, but the service knows this draw by another hash: report it.',
  },
};

const genuineText = {
  fr: 'Ce document est authentique : ce service l’a signé, et rien n’y a été changé.',
  en: 'This document is genuine: this service has signed it, and nothing was changed in it.',
};

/**
 * Whether a paper is one of this service, and what became of its draws since. Keys that only sign no
 * more count as well.
 */
export async function checkedPaper(
  { signer, store }: Pick<ApiDeps, 'signer' | 'store'>,
  bytes: Uint8Array,
): Promise<CheckedPaper> {
  const verdict = await checkPaper(bytes, signer.keys);
  if (!verdict.genuine) return wrong(verdict.fault);
  if (verdict.kind === 'receipt') return { ...genuine(verdict), receipt: verdict.claims };
  const { claims } = verdict;
  const draws = await drawsNow(store, claims);
  const attempts = attemptsNow(claims, draws);
  const found = { ...genuine(verdict), certificate: claims, attempts, draws };
  return draws.every(({ asStated }) => asStated !== false)
    ? found
    : { ...found, genuine: false, fault: 'draw_differs', says: faultTexts.draw_differs };
}

/** The hash of a draw never changes; that it was declared void can come later. */
function drawsNow(store: ApiDeps['store'], { prefecture, draws }: Certificate): Promise<DrawNow[]> {
  return Promise.all(
    draws.map(async ({ draw, manifestHash }) => {
      const now = await store.draws.get(prefecture, draw);
      return {
        draw,
        state: now?.state ?? null,
        asStated: now === undefined ? null : now.manifestHash === manifestHash,
      };
    }),
  );
}

/** A draw that was declared void since counts no more. */
function attemptsNow({ draws }: Certificate, now: readonly DrawNow[]) {
  const voided = new Set(now.filter(({ state }) => state === 'void').map(({ draw }) => draw));
  return attemptsOf({ draws: draws.filter(({ draw }) => !voided.has(draw)) });
}

const nothing = {
  kind: null,
  form: null,
  keyId: null,
  issuedAt: null,
  receipt: null,
  certificate: null,
  attempts: null,
  draws: null,
};

function genuine(verdict: Extract<PaperVerdict, { genuine: true }>): CheckedPaper {
  const { kind, form, keyId, claims } = verdict;
  const issuedAt = instant(claims.iat * 1000);
  return { ...nothing, genuine: true, fault: null, says: genuineText, kind, form, keyId, issuedAt };
}

function wrong(fault: Fault): CheckedPaper {
  return { ...nothing, genuine: false, fault, says: faultTexts[fault] };
}
