interface ReceiptTexts {
  readonly title: string;
  readonly foot: string;
  readonly intro: (prefecture: string) => string;
  readonly requestType: string;
  readonly entry: string;
  readonly joined: string;
  readonly waiting: string;
  readonly unverified: string;
  readonly made: string;
  readonly sentences: readonly string[];
  readonly caption: string;
  readonly alternative: string;
  readonly check: (address: string, keyId: string) => string;
}

/** What the printed receipt says. */
export const receiptTexts: { readonly fr: ReceiptTexts; readonly en: ReceiptTexts } = {
  fr: {
    title: 'Preuve d’inscription sur la liste d’attente',
    foot: 'Inscription / Entry',
    intro: (prefecture) =>
      `Le service de rendez-vous de « ${prefecture} » a enregistré l’inscription suivante.`,
    requestType: 'Démarche',
    entry: 'Numéro d’inscription',
    joined: 'Inscrite le',
    waiting: 'En attente depuis',
    unverified: 'pas encore : le code envoyé n’a pas été confirmé',
    made: 'Document établi le',
    sentences: [
      'Les rendez-vous sont tirés au sort. La date d’inscription ne donne aucun rang, et personne ne peut vendre une place.',
      'Gardez ce document : il prouve que l’inscription figurait sur la liste, avec cette démarche et ces disponibilités. Il ne contient ni nom, ni adresse, ni secret.',
      'Ce document n’est pas un récépissé de demande de titre de séjour. Il n’autorise ni le séjour ni le travail et ne vaut pas rendez-vous.',
    ],
    caption: 'Preuve signée',
    alternative:
      'Code QR. Il contient l’adresse de la page de vérification et la preuve d’inscription signée.',
    check: (address, keyId) =>
      `Vérifier : lisez le code, ou déposez ce fichier sur ${address}. Sans le service : npm run verify -- RECORD --receipt FICHIER --keys CLÉS. Signature Ed25519, clé « ${keyId} » ; les clés publiques sont à l’adresse /v1/keys du service.`,
  },
  en: {
    title: 'Proof of entry on the waitlist',
    foot: 'Inscription / Entry',
    intro: (prefecture) =>
      `The appointment service of “${prefecture}” has recorded the following entry.`,
    requestType: 'Request',
    entry: 'Entry number',
    joined: 'Joined',
    waiting: 'Waiting since',
    unverified: 'not yet: the code that was sent has not been confirmed',
    made: 'Document made',
    sentences: [
      'Appointments are drawn by lot. Joining earlier gives no rank, and nobody can sell a place.',
      'Keep this document: it proves that the entry was on the list, for this request and with this availability. It holds no name, no address and no secret.',
      'This document is not a receipt for an application for a residence permit. It gives no right to stay or to work and is not an appointment.',
    ],
    caption: 'signed proof',
    alternative: 'QR code. It holds the address of the page that checks, and the signed proof.',
    check: (address, keyId) =>
      `To check it: read the code, or hand in this file at ${address}. Without the service: npm run verify -- RECORD --receipt FILE --keys KEYS. Ed25519 signature, key “${keyId}”; the public keys are at /v1/keys of the service.`,
  },
};
