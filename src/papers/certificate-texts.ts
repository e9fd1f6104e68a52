interface CertificateTexts {
  readonly title: string;
  readonly foot: string;
  readonly intro: (prefecture: string, draws: number, weeks: number) => string;
  readonly requestType: string;
  readonly entry: string;
  readonly name: string;
  readonly nameNote: string;
  readonly nameLeftOut: string;
  readonly made: string;
  /** Number, date and draw, week, rank, waiting, places, remarks. */
  readonly columns: readonly string[];
  readonly columnsNote: string;
  /** A remark and what it means. */
  readonly note: (remark: string, meaning: string) => string;
  readonly void: string;
  readonly voidNote: string;
  readonly open: string;
  readonly openNote: string;
  readonly weaker: string;
  readonly sentences: readonly string[];
  readonly check: (address: string, keyId: string) => string;
  readonly code: string;
  readonly codeOf: (first: number, last: number) => string;
  readonly alternative: string;
}

/**
 * What the printed certificate says. It states facts and names the decision that asks for them; what
 * follows from them is for the judge to say.
 */
export const certificateTexts: { readonly fr: CertificateTexts; readonly en: CertificateTexts } = {
  fr: {
    title: 'Attestation de participation sans rendez-vous attribué',
    foot: 'Attestation / Certificate',
    intro: (prefecture, draws, weeks) => {
      const part =
        draws === 1
          ? 'à un tirage au sort'
          : `à ${draws} tirages au sort, ${weeks === 1 ? 'la même semaine' : `au cours de ${weeks} semaines différentes`}`;
      return `Le service de rendez-vous de « ${prefecture} » atteste que l’inscription ci-dessous a participé ${part}, et qu’à la date de ce document aucun rendez-vous ne lui a été proposé à ${draws === 1 ? 'son' : 'leur'} issue.`;
    },
    requestType: 'Démarche',
    entry: 'Numéro d’inscription',
    name: 'Nom',
    nameNote: 'tel qu’indiqué à l’inscription ; l’identité est vérifiée au guichet',
    nameLeftOut:
      'non imprimé : ce document ne sait pas écrire ses caractères. Le numéro d’inscription fait foi.',
    made: 'Document établi le',
    columns: ['N°', 'Date et tirage', 'Semaine', 'Rang', 'En attente', 'Places', 'Remarques'],
    columnsNote:
      'Semaine : semaine civile (ISO 8601). Rang : parmi toutes les inscriptions du tirage, toutes démarches confondues ; le premier rang est servi d’abord. En attente : inscriptions pour la même démarche. Places : celles qui pouvaient servir cette démarche, parfois partagées avec d’autres.',
    note: (remark, meaning) => `« ${remark} » : ${meaning}`,
    void: 'annulé',
    voidNote:
      'tirage déclaré nul par la préfecture après son résultat ; il ne vaut pour personne et n’est pas compté ci-dessus.',
    open: 'liste ouverte',
    openNote:
      'la liste complémentaire de ce tirage pouvait encore donner une proposition à la date de ce document.',
    weaker: 'hasard plus faible',
    sentences: [
      'Ce document constate des faits. Il peut être produit devant le juge des référés (article L. 521-3 du code de justice administrative) : selon le Conseil d’État (10 juin 2020, n° 435594), il appartient au demandeur d’établir qu’il n’a pu obtenir de date malgré plusieurs tentatives n’ayant pas été effectuées la même semaine. Il revient au juge seul d’en apprécier la portée.',
      'Ce document n’est pas un récépissé de demande de titre de séjour. Il n’autorise ni le séjour ni le travail et ne vaut pas rendez-vous.',
    ],
    check: (address, keyId) =>
      `Vérifier : lisez chaque code, ou déposez ce fichier sur ${address}. Sans le service : npm run verify -- --certificate FICHIER --keys CLÉS. Signature Ed25519, clé « ${keyId} » ; les clés publiques sont à l’adresse /v1/keys du service. Les codes ne contiennent aucun nom ; le sceau du fichier couvre chaque octet, le nom imprimé compris.`,
    code: 'Attestation signée',
    codeOf: (first, last) =>
      first === last
        ? `Attestation signée, ligne ${first}`
        : `Attestation signée, lignes ${first} à ${last}`,
    alternative:
      'Code QR. Il contient l’adresse de la page de vérification et l’attestation signée.',
  },
  en: {
    title: 'Certificate of participation without an appointment',
    foot: 'Attestation / Certificate',
    intro: (prefecture, draws, weeks) => {
      const part =
        draws === 1
          ? 'one draw'
          : `${draws} draws, in ${weeks === 1 ? 'the same week' : `${weeks} different weeks`}`;
      return `The appointment service of “${prefecture}” certifies that the entry below took part in ${part}, and that up to the date of this document no appointment was offered to it as ${draws === 1 ? 'its' : 'their'} result.`;
    },
    requestType: 'Request',
    entry: 'Entry number',
    name: 'Name',
    nameNote: 'as given when joining; identity is checked at the desk',
    nameLeftOut: 'not printed: this document cannot write its characters. The entry number counts.',
    made: 'Document made',
    columns: ['No.', 'Date and draw', 'Week', 'Rank', 'Waiting', 'Places', 'Remarks'],
    columnsNote:
      'Week: ISO 8601. Rank: among all entries of the draw, whatever they asked for; the first rank is served first. Waiting: entries for the same request. Places: those that could serve this request, sometimes shared with others.',
    note: (remark, meaning) => `“${remark}”: ${meaning}`,
    void: 'void',
    voidNote:
      'declared void by the prefecture after its result; it counts for nobody, and is not counted above.',
    open: 'list open',
    openNote:
      'the reserve list of this draw could still give an offer at the date of this document.',
    weaker: 'weaker randomness',
    sentences: [
      'This document states facts. It may be shown to the judge in summary proceedings (article L. 521-3 of the French code of administrative justice): by the Conseil d’État (10 June 2020, no. 435594), it is for the applicant to show that no date could be had in spite of several attempts that were not made in the same week. What it is worth is for the judge alone to say.',
      'This document is not a receipt for an application for a residence permit. It gives no right to stay or to work and is not an appointment.',
    ],
    check: (address, keyId) =>
      `To check it: read each code, or hand in this file at ${address}. Without the service: npm run verify -- --certificate FILE --keys KEYS. Ed25519 signature, key “${keyId}”; the public keys are at /v1/keys of the service. The codes hold no name; the seal of the file covers every byte, the printed name too.`,
    code: 'signed certificate',
    codeOf: (first, last) =>
      first === last
        ? `signed certificate, line ${first}`
        : `signed certificate, lines ${first} to ${last}`,
    alternative:
      'QR code. It holds the address of the page that checks, and the signed certificate.',
  },
};
