import type { InEveryLanguage } from '../../domain/values.ts';
import type { Fault } from '../../papers/check-paper.ts';

/** What is said of a paper, by what is wrong with it. */
export const faultTexts: Readonly<Record<Fault | 'draw_differs', InEveryLanguage>> = {
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

export const genuineText: InEveryLanguage = {
  fr: 'Ce document est authentique : ce service l’a signé, et rien n’y a été changé.',
  en: 'This document is genuine: this service has signed it, and nothing was changed in it.',
};
