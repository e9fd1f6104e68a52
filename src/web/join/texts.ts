import type { FormRefusal, JoinFault, JoinField } from './values.ts';

interface JoinTexts {
  readonly title: string;
  readonly intro: readonly string[];
  readonly labels: { readonly [field in JoinField | 'days']: string };
  readonly hints: {
    readonly [field in
      | 'name'
      | 'agdref'
      | 'country'
      | 'email'
      | 'phone'
      | 'birthDate'
      | 'sites'
      | 'days']: string;
  };
  readonly agdrefNeeded: string;
  readonly typeHint: string;
  readonly onlyAt: string;
  readonly servedAt: string;
  readonly documents: string;
  readonly documentsHint: string;
  readonly passports: string;
  readonly consulars: string;
  readonly noDocument: string;
  readonly contact: string;
  readonly contactHint: string;
  readonly emailHint: string;
  readonly availability: string;
  readonly availabilityHint: string;
  readonly weekdays: readonly string[];
  readonly send: string;
  readonly sendHint: string;
  readonly data: string;
  readonly lost: string;
  readonly back: string;
  readonly faults: { readonly [fault in JoinFault]: string };
  readonly refusals: { readonly [refusal in FormRefusal]: string };
}

export const joinTexts: { readonly fr: JoinTexts; readonly en: JoinTexts } = {
  fr: {
    title: 'S’inscrire',
    intro: [
      'C’est gratuit. Ne payez personne.',
      'Prenez votre temps : être le premier ne donne aucun avantage.',
      'Une seule inscription par personne et par démarche.',
    ],
    labels: {
      requestType: 'Votre démarche',
      name: 'Nom et prénom',
      agdref: 'Numéro étranger (AGDREF)',
      passport: 'Numéro du passeport',
      passportCountry: 'Pays du passeport',
      consular: 'Numéro de la carte consulaire',
      consularCountry: 'Pays de la carte',
      birthDate: 'Date de naissance',
      nationality: 'Nationalité (pays)',
      email: 'Adresse e-mail',
      phone: 'Numéro de téléphone',
      language: 'Langue des messages',
      sites: 'Lieux où vous pouvez venir',
      days: 'Jours où vous pouvez venir',
      from: 'À partir de (heure)',
      until: 'Jusqu’à (heure)',
      notBefore: 'Pas avant le',
      notAfter: 'Pas après le',
    },
    hints: {
      name: 'Comme sur votre document. On ne peut plus le changer ensuite.',
      agdref: '10 chiffres, sur votre titre de séjour, récépissé ou visa long séjour.',
      country: 'Par exemple : Maroc, ou MAR.',
      email: 'Par exemple : nom@exemple.fr',
      phone: 'Par exemple : 06 12 34 56 78',
      birthDate: 'Jour, mois, année.',
      sites: 'Si vous ne cochez rien : tous. Sinon, nous essayons dans cet ordre.',
      days: 'Si vous ne cochez rien : tous.',
    },
    agdrefNeeded: 'Numéro AGDREF obligatoire.',
    typeHint:
      'Il faut un document : numéro étranger (AGDREF), passeport ou carte consulaire. Sans document : date de naissance et nationalité. Où c’est écrit, le numéro AGDREF est obligatoire.',
    onlyAt: 'Lieu :',
    servedAt: 'Pour cette démarche :',
    documents: 'Votre document',
    documentsHint:
      'Un seul suffit. Si vous en avez plusieurs, donnez-les : vous pourrez montrer l’un ou l’autre.',
    passports: 'J’ai un passeport',
    consulars: 'J’ai une carte consulaire',
    noDocument: 'Je n’ai aucun document',
    contact: 'Pour vous joindre',
    contactHint:
      'Une adresse e-mail ou un téléphone, au choix. Nous y envoyons un code, puis la proposition de rendez-vous.',
    emailHint:
      'Une adresse e-mail : nous y envoyons un code, puis la proposition de rendez-vous. Vous n’en avez pas ? Inscrivez-vous au guichet : les messages viennent par la poste.',
    availability: 'Où et quand venir (facultatif)',
    availabilityHint:
      'Plus vous choisissez, moins il y a de places pour vous. Vous pouvez le changer plus tard.',
    weekdays: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
    send: 'M’inscrire',
    sendHint: 'Ensuite : un code à 6 chiffres vous est envoyé, à entrer sur la page suivante.',
    data: 'Vos données servent seulement à cette inscription et sont gardées chiffrées. Vous pouvez les voir et les faire effacer.',
    lost: 'Déjà inscrit, et lien perdu ?',
    back: 'Le tirage : fonctionnement, résultats, contestation',
    faults: {
      type: 'Choisissez votre démarche.',
      name: 'Écrivez votre nom et votre prénom.',
      agdref: 'Il faut 10 chiffres. Relisez le numéro sur votre document.',
      agdref_needed: 'Cette démarche demande le numéro étranger (AGDREF).',
      agdref_unknown:
        'Le fichier national ne connaît pas ce numéro. Relisez-le sur votre document.',
      document_needed:
        'Donnez un document : ce numéro, un passeport ou une carte consulaire. Sans document : date de naissance et nationalité.',
      number: 'Écrivez le numéro comme sur le document.',
      country: 'Écrivez le nom du pays, ou ses 3 lettres comme sur le passeport (MAR, DZA…).',
      date: 'Écrivez la date : jour, mois, année.',
      contact_needed: 'Donnez une adresse e-mail ou un numéro de téléphone.',
      email_needed: 'Donnez une adresse e-mail.',
      contact_full:
        'Ce contact sert déjà à plusieurs personnes. Donnez le vôtre, ou venez au guichet.',
      email: 'Cette adresse n’est pas complète. Par exemple : nom@exemple.fr',
      phone: 'Ce numéro n’est pas complet. Numéro étranger : avec + et l’indicatif du pays.',
      site: 'Un lieu coché ne reçoit pas pour cette démarche.',
      times: 'L’heure de début doit être avant l’heure de fin.',
      dates: 'La première date doit être avant la seconde.',
    },
    refusals: {
      fields: 'Il reste quelque chose à corriger. Rien n’est perdu :',
      duplicate:
        'Il y a déjà une inscription pour cette démarche avec ce que vous avez donné. Continuez avec celle-là : le lien est dans votre message. Si ce n’est pas vous, ou si vous n’y arrivez pas, montrez votre document au guichet.',
      repeated:
        'Ce formulaire a déjà été envoyé avec d’autres réponses. Regardez vos messages : vous êtes peut-être déjà inscrit. Sinon, envoyez de nouveau.',
      too_many:
        'Trop de demandes pour le moment. Attendez quelques minutes, puis envoyez de nouveau.',
      work: 'Le petit calcul de votre téléphone manque ou est trop ancien. Il recommence : appuyez de nouveau sur le bouton. Sinon : au guichet, par téléphone ou avec une association, avec les mêmes chances.',
      down: 'Le service ne répond pas. Rien n’est enregistré : envoyez de nouveau dans quelques minutes.',
    },
  },
  en: {
    title: 'Join',
    intro: [
      'It is free. Pay nobody.',
      'Take your time: being first gives no advantage.',
      'One entry for each person and request.',
    ],
    labels: {
      requestType: 'Your request',
      name: 'Name and first name',
      agdref: 'Foreigner number (AGDREF)',
      passport: 'Passport number',
      passportCountry: 'Country of the passport',
      consular: 'Number of the consular card',
      consularCountry: 'Country of the card',
      birthDate: 'Date of birth',
      nationality: 'Nationality (country)',
      email: 'E-mail address',
      phone: 'Telephone number',
      language: 'Language of messages',
      sites: 'Places where you can come',
      days: 'Days when you can come',
      from: 'From (time)',
      until: 'Until (time)',
      notBefore: 'Not before',
      notAfter: 'Not after',
    },
    hints: {
      name: 'As on your document. It cannot be changed later.',
      agdref: '10 digits, on your residence permit, receipt or long-stay visa.',
      country: 'For example: Morocco, or MAR.',
      email: 'For example: name@example.org',
      phone: 'For example: 06 12 34 56 78',
      birthDate: 'Day, month, year.',
      sites: 'If you tick none: all. Otherwise we try in this order.',
      days: 'If you tick none: all.',
    },
    agdrefNeeded: 'AGDREF number required.',
    typeHint:
      'A document is needed: foreigner number (AGDREF), passport or consular card. Without any: date of birth and nationality. Where it says so, the AGDREF number is required.',
    onlyAt: 'Place:',
    servedAt: 'For this request:',
    documents: 'Your document',
    documentsHint: 'One is enough. If you have several, give them: you can show any of them.',
    passports: 'I have a passport',
    consulars: 'I have a consular card',
    noDocument: 'I have no document',
    contact: 'How to reach you',
    contactHint:
      'An e-mail address or a telephone, as you like. We send a code there, then the offer of an appointment.',
    emailHint:
      'An e-mail address: we send a code there, then the offer of an appointment. You have none? Join at the desk: messages come by post.',
    availability: 'Where and when to come (optional)',
    availabilityHint:
      'The more you choose, the fewer places there are for you. You can change it later.',
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    send: 'Join',
    sendHint: 'Then: a code of 6 digits is sent to you, to be entered on the next page.',
    data: 'Your data serves this entry alone and is kept encrypted. You can see it and have it erased.',
    lost: 'Joined already, and lost the link?',
    back: 'The draw: how it works, results, how to contest',
    faults: {
      type: 'Choose your request.',
      name: 'Write your name and first name.',
      agdref: '10 digits are needed. Read the number again on your document.',
      agdref_needed: 'This request needs the foreigner number (AGDREF).',
      agdref_unknown:
        'The national file does not know this number. Read it again on your document.',
      document_needed:
        'Give a document: this number, a passport or a consular card. Without any: date of birth and nationality.',
      number: 'Write the number as on the document.',
      country: 'Write the name of the country, or its 3 letters as on the passport (MAR, DZA…).',
      date: 'Write the date: day, month, year.',
      contact_needed: 'Give an e-mail address or a telephone number.',
      email_needed: 'Give an e-mail address.',
      contact_full:
        'This contact serves several people already. Give your own, or come to the desk.',
      email: 'This address is not complete. For example: name@example.org',
      phone: 'This number is not complete. A foreign number: with + and the code of the country.',
      site: 'A place that is ticked does not serve this request.',
      times: 'The first time must be before the second.',
      dates: 'The first date must be before the second.',
    },
    refusals: {
      fields: 'Something is still to be corrected. Nothing is lost:',
      duplicate:
        'There is an entry already for this request with what you gave. Go on with that one: the link is in your message. If it is not you, or you cannot, show your document at the desk.',
      repeated:
        'This form was sent already with other answers. Look at your messages: you may have joined already. If not, send it again.',
      too_many: 'Too many requests for now. Wait some minutes, then send again.',
      work: 'The small computation of your telephone is missing or too old. It starts again: press the button once more. Or else: at the desk, by telephone or through an association, with the same chance.',
      down: 'The service does not answer. Nothing was saved: send again in some minutes.',
    },
  },
};
