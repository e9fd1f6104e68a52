/** The form to join, and what the form for a lost link shares with it. */
export const joinPage = {
  title: 'S’inscrire',
  intro: [
    'C’est gratuit. Ne payez personne.',
    'Prenez votre temps : être le premier ne donne aucun avantage.',
    'Une seule inscription par personne et par démarche.',
  ],
  'label.requestType': 'Votre démarche',
  'label.name': 'Nom et prénom',
  'label.agdref': 'Numéro étranger (AGDREF)',
  'label.passport': 'Numéro du passeport',
  'label.passportCountry': 'Pays du passeport',
  'label.consular': 'Numéro de la carte consulaire',
  'label.consularCountry': 'Pays de la carte',
  'label.birthDate': 'Date de naissance',
  'label.nationality': 'Nationalité (pays)',
  'label.email': 'Adresse e-mail',
  'label.phone': 'Numéro de téléphone',
  'label.language': 'Langue des messages',
  'label.sites': 'Lieux où vous pouvez venir',
  'label.days': 'Jours où vous pouvez venir',
  'label.from': 'À partir de (heure)',
  'label.until': 'Jusqu’à (heure)',
  'label.notBefore': 'Pas avant le',
  'label.notAfter': 'Pas après le',
  'hint.name': 'Comme sur votre document. On ne peut plus le changer ensuite.',
  'hint.agdref': '10 chiffres, sur votre titre de séjour, récépissé ou visa long séjour.',
  'hint.country': 'Par exemple : Maroc, ou MAR.',
  'hint.email': 'Par exemple : nom@exemple.fr',
  'hint.phone': 'Par exemple : 06 12 34 56 78',
  'hint.birthDate': 'Jour, mois, année.',
  'hint.sites': 'Si vous ne cochez rien : tous. Sinon, nous essayons dans cet ordre.',
  'hint.days': 'Si vous ne cochez rien : tous.',
  'hint.agdrefNeeded': 'Numéro AGDREF obligatoire.',
  'hint.requestType':
    'Il faut un document : numéro étranger (AGDREF), passeport ou carte consulaire. Sans document : date de naissance et nationalité. Où c’est écrit, le numéro AGDREF est obligatoire.',
  onlyAt: 'Lieu : {sites}.',
  servedAt: 'Pour cette démarche : {sites}.',
  documents: 'Votre document',
  'documents.hint':
    'Un seul suffit. Si vous en avez plusieurs, donnez-les : vous pourrez montrer l’un ou l’autre.',
  'documents.passport': 'J’ai un passeport',
  'documents.consular': 'J’ai une carte consulaire',
  'documents.none': 'Je n’ai aucun document',
  others: 'D’autres personnes viennent avec moi',
  'others.hint':
    'Pour une famille qui doit venir ensemble : une seule inscription, un seul contact, le même rendez-vous. Regardez à votre démarche combien de personnes peuvent venir ensemble. Vous êtes plus nombreux ? Faites deux inscriptions, ou demandez au guichet.',
  'others.public': 'Le nombre de personnes est public, avec le tirage. Les noms ne le sont jamais.',
  'others.person': 'Personne {number}',
  'others.field': 'Personne {number}, {field}',
  'hint.party': 'Jusqu’à {most} personnes ensemble.',
  'hint.otherName': 'Comme sur son document.',
  'hint.otherBirthDate': 'Un enfant de moins de 18 ans peut ne pas avoir de document.',
  'hint.otherAgdref': 'Un seul document suffit : celui-ci, un passeport ou une carte consulaire.',
  contact: 'Pour vous joindre',
  'contact.hint':
    'Une adresse e-mail ou un téléphone, au choix. Nous y envoyons un code, puis la proposition de rendez-vous.',
  'contact.emailHint':
    'Une adresse e-mail : nous y envoyons un code, puis la proposition de rendez-vous. Vous n’en avez pas ? Inscrivez-vous au guichet : les messages viennent par la poste.',
  availability: 'Où et quand venir (facultatif)',
  'availability.hint':
    'Plus vous choisissez, moins il y a de places pour vous. Vous pouvez le changer plus tard.',
  send: 'M’inscrire',
  'send.hint': 'Ensuite : un code à 6 chiffres vous est envoyé, à entrer sur la page suivante.',
  data: 'Vos données servent seulement à cette inscription et sont gardées chiffrées. Vous pouvez les voir et les faire effacer.',
  lost: 'Déjà inscrit, et lien perdu ?',
  back: 'Le tirage : fonctionnement, résultats, contestation',
  'fault.language': 'Choisissez la langue des messages.',
  'fault.type': 'Choisissez votre démarche.',
  'fault.name': 'Écrivez votre nom et votre prénom.',
  'fault.agdref': 'Il faut 10 chiffres. Relisez le numéro sur votre document.',
  'fault.agdref_needed': 'Cette démarche demande le numéro étranger (AGDREF).',
  'fault.agdref_unknown':
    'Le fichier national ne connaît pas ce numéro. Relisez-le sur votre document.',
  'fault.document_needed':
    'Donnez un document : ce numéro, un passeport ou une carte consulaire. Sans document : date de naissance et nationalité.',
  'fault.number': 'Écrivez le numéro comme sur le document.',
  'fault.country': 'Écrivez le nom du pays, ou ses 3 lettres comme sur le passeport (MAR, DZA…).',
  'fault.date': 'Écrivez la date : jour, mois, année.',
  'fault.contact_needed': 'Donnez une adresse e-mail ou un numéro de téléphone.',
  'fault.email_needed': 'Donnez une adresse e-mail.',
  'fault.contact_full':
    'Ce contact sert déjà à plusieurs personnes. Donnez le vôtre, ou venez au guichet.',
  'fault.email': 'Cette adresse n’est pas complète. Par exemple : nom@exemple.fr',
  'fault.phone': 'Ce numéro n’est pas complet. Numéro étranger : avec + et l’indicatif du pays.',
  'fault.site': 'Un lieu coché ne reçoit pas pour cette démarche.',
  'fault.times': 'L’heure de début doit être avant l’heure de fin.',
  'fault.dates': 'La première date doit être avant la seconde.',
  'fault.adult':
    'À partir de 18 ans, il faut un document : ce numéro, un passeport ou une carte consulaire.',
  'fault.child':
    'Donnez un document de cette personne. Pour un enfant de moins de 18 ans, sa date de naissance suffit.',
  'fault.party':
    'Tant de personnes ne peuvent pas venir ensemble pour cette démarche. Faites deux inscriptions, ou demandez au guichet.',
  'fault.repeated': 'Cette personne est déjà donnée plus haut.',
  'fault.taken':
    'Il y a déjà une inscription pour cette personne et cette démarche, seule ou avec d’autres. Continuez avec celle-ci, ou montrez son document au guichet.',
  'refusal.fields': 'Il reste quelque chose à corriger. Rien n’est perdu :',
  'refusal.duplicate':
    'Il y a déjà une inscription pour cette démarche avec ce que vous avez donné. Continuez avec celle-là : le lien est dans votre message. Si ce n’est pas vous, ou si vous n’y arrivez pas, montrez votre document au guichet.',
  'refusal.repeated':
    'Ce formulaire a déjà été envoyé avec d’autres réponses. Regardez vos messages : vous êtes peut-être déjà inscrit. Sinon, envoyez de nouveau.',
  'refusal.too_many':
    'Trop de demandes pour le moment. Attendez quelques minutes, puis envoyez de nouveau.',
  'refusal.work':
    'Le petit calcul de votre téléphone manque ou est trop ancien. Il recommence : appuyez de nouveau sur le bouton. Sinon : au guichet, par téléphone ou avec une association, avec les mêmes chances.',
  'refusal.down':
    'Le service ne répond pas. Rien n’est enregistré : envoyez de nouveau dans quelques minutes.',
  'work.needsScript':
    'Ce téléphone ou ce navigateur ne fait pas le petit calcul que nous demandons contre les robots : il faut JavaScript. Vous pouvez :',
  'work.otherWays': [
    'activer JavaScript, ou ouvrir cette page dans un autre navigateur ou sur un autre téléphone ;',
    'vous inscrire au guichet de la préfecture, avec votre document ;',
    'vous inscrire en téléphonant à la préfecture ;',
    'demander à une association de vous inscrire.',
  ],
  'work.sameChance': 'C’est gratuit, et vos chances sont les mêmes.',
} as const;
