import type { MissedDraw } from '../../papers/claims.ts';

interface CertificatesTexts {
  readonly title: string;
  readonly intro: string;
  readonly file: string;
  readonly fileHint: string;
  readonly text: string;
  readonly textHint: string;
  readonly check: string;
  readonly genuine: string;
  readonly notGenuine: string;
  readonly certificate: string;
  readonly receipt: string;
  readonly prefecture: string;
  readonly requestType: string;
  readonly entry: string;
  readonly issued: string;
  readonly joined: string;
  readonly waiting: string;
  readonly unverified: string;
  readonly attempts: (draws: number, weeks: number) => string;
  readonly week: string;
  readonly standing: (draw: MissedDraw) => string;
  readonly void: string;
  readonly open: string;
  readonly weaker: string;
  readonly proves: string;
  readonly provesBody: string;
  readonly privacy: string;
  readonly offline: string;
  readonly keys: string;
}

/** The words of the page that checks certificates and receipts. */
export const certificatesTexts: { readonly fr: CertificatesTexts; readonly en: CertificatesTexts } =
  {
    fr: {
      title: 'Vérifier une attestation ou une preuve d’inscription',
      intro:
        'Toute personne peut vérifier ici qu’une attestation de participation, ou une preuve d’inscription, vient bien de ce service et n’a pas été modifiée.',
      file: 'Le fichier PDF',
      fileHint:
        'Tel qu’il a été reçu. Un PDF enregistré de nouveau par un autre programme n’est plus reconnu.',
      text: 'Ou le texte signé',
      textHint: 'Le texte ou l’adresse que donne le code QR.',
      check: 'Vérifier',
      genuine: 'Authentique.',
      notGenuine: 'Non authentique.',
      certificate: 'Attestation de participation sans rendez-vous attribué',
      receipt: 'Preuve d’inscription sur la liste d’attente',
      prefecture: 'Préfecture',
      requestType: 'Démarche',
      entry: 'Numéro d’inscription',
      issued: 'Établi le',
      joined: 'Inscrite le',
      waiting: 'En attente depuis',
      unverified: 'pas encore : le code envoyé n’avait pas été confirmé',
      attempts: (draws, weeks) =>
        draws === 0
          ? 'Aucun des tirages ci-dessous ne compte : ils sont annulés.'
          : `Cette inscription a participé ${draws === 1 ? 'à un tirage au sort' : `à ${draws} tirages au sort, ${weeks === 1 ? 'la même semaine' : `au cours de ${weeks} semaines différentes`}`}, sans qu’un rendez-vous lui ait été proposé à la date du document.`,
      week: 'semaine',
      standing: ({ rank, entries, waiting, places }) =>
        `rang ${rank} sur ${entries} ; ${waiting} en attente pour la même démarche, ${places} places.`,
      void: 'Ce tirage a été déclaré nul : il ne compte pas.',
      open: 'La liste complémentaire était encore ouverte.',
      weaker:
        'Le hasard vient d’un secret de l’opérateur : c’est plus faible qu’une balise publique.',
      proves: 'Ce que cela prouve',
      provesBody:
        'Que ce service a établi ce document, et que rien n’y a été changé. Pas que la personne qui le présente est celle de l’inscription : comparez le numéro d’inscription. Le tirage lui-même se vérifie avec son procès-verbal.',
      privacy:
        'Le document déposé n’est ni conservé ni enregistré. Le texte signé ne contient pas de nom.',
      offline: 'Sans ce service :',
      keys: 'clés publiques',
    },
    en: {
      title: 'Check a certificate or a proof of entry',
      intro:
        'Anyone can check here that a certificate of participation, or a proof of entry, comes from this service and has not been changed.',
      file: 'The PDF file',
      fileHint:
        'As it was received. A PDF that another program has saved again is no longer recognised.',
      text: 'Or the signed text',
      textHint: 'The text or the address that the QR code gives.',
      check: 'Check',
      genuine: 'Genuine.',
      notGenuine: 'Not genuine.',
      certificate: 'Certificate of participation without an appointment',
      receipt: 'Proof of entry on the waitlist',
      prefecture: 'Prefecture',
      requestType: 'Request',
      entry: 'Entry number',
      issued: 'Made',
      joined: 'Joined',
      waiting: 'Waiting since',
      unverified: 'not yet: the code that was sent had not been confirmed',
      attempts: (draws, weeks) =>
        draws === 0
          ? 'None of the draws below counts: they are void.'
          : `This entry took part in ${draws === 1 ? 'one draw' : `${draws} draws, in ${weeks === 1 ? 'the same week' : `${weeks} different weeks`}`}, and no appointment was offered to it up to the date of the document.`,
      week: 'week',
      standing: ({ rank, entries, waiting, places }) =>
        `rank ${rank} of ${entries}; ${waiting} waiting for the same request, ${places} places.`,
      void: 'This draw was declared void: it does not count.',
      open: 'The reserve list was still open.',
      weaker: 'Its randomness comes from the operator’s secret: weaker than a public beacon.',
      proves: 'What this proves',
      provesBody:
        'That this service made this document, and that nothing was changed in it. Not that the person who shows it is the one of the entry: compare the entry number. The draw itself is checked with its record.',
      privacy: 'What you hand in is neither kept nor logged. The signed text holds no name.',
      offline: 'Without this service:',
      keys: 'public keys',
    },
  };
