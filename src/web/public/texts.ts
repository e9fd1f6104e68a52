import type { DrawState } from '../../domain/draws/state.ts';

interface Strengths {
  readonly public_beacon: string;
  readonly weaker: string;
}

interface PublicTexts {
  readonly [name: string]:
    | string
    | readonly string[]
    | Strengths
    | { readonly [state in DrawState]: string };
  readonly steps: readonly string[];
  readonly strengths: Strengths;
  readonly states: { readonly [state in DrawState]: string };
}

const fr = {
  title: 'Liste d’attente et tirages au sort',
  free: 'C’est gratuit. Personne ne peut acheter une place.',
  freeMore:
    'Ne payez jamais personne : un intermédiaire ne peut ni vous faire passer avant les autres, ni augmenter vos chances.',
  paused: 'Les tirages sont suspendus pour le moment. Votre inscription reste valable.',
  join: 'S’inscrire',
  lost: 'Déjà inscrit, et lien perdu ?',
  how: 'Comment ça marche',
  steps: [
    'Vous vous inscrivez une fois par démarche, quand vous voulez. Être le premier ne donne aucun avantage.',
    'À la date du tirage, la liste des inscrits et les places libres sont fixées et publiées sous forme d’empreintes.',
    'Un tirage au sort classe les inscriptions. Les premières reçoivent une proposition de rendez-vous.',
    'Vous acceptez ou refusez. Une place libérée va à l’inscription suivante du même classement.',
    'Sans proposition, vous restez sur la liste pour le tirage suivant.',
  ],
  types: 'Démarches et chiffres',
  next: 'Prochain tirage',
  noDate: 'pas encore de date',
  waiting: 'En attente maintenant',
  lastWaiting: 'Dernier tirage : inscriptions en attente',
  lastPlaces: 'Dernier tirage : places',
  lastDrawn: 'Dernier tirage : inscriptions tirées',
  lastChance: 'Dernier tirage : chance',
  lastWait: 'Dernier tirage : attente médiane, en tirages',
  draws: 'Les tirages',
  noDraws: 'Il n’y a pas encore eu de tirage.',
  entropy: 'hasard',
  strengths: {
    public_beacon: 'balise publique',
    weaker: 'secret de l’opérateur (plus faible)',
  },
  replaces: 'répète le tirage annulé',
  repeatedBy: 'répété par le tirage',
  manifest: 'manifeste',
  record: 'procès-verbal',
  verify: 'vérifier',
  check: 'Vérifier un tirage',
  checkTicket:
    'Votre numéro de tirage se calcule avec la graine (seed) du procès-verbal et votre numéro d’inscription :',
  checkHere: 'Le plus simple : votre navigateur recalcule le tirage entier, sans rien envoyer.',
  checkPage: 'Page de vérification',
  checkAll: 'Le procès-verbal entier se vérifie avec le programme de Tirage :',
  register: 'Registre public',
  registerBody:
    'Chaque tirage prévu, chaque résultat, chaque annulation et chaque changement de règles est inscrit dans un registre que personne ne peut réécrire sans que cela se voie. Il ne contient aucune donnée personnelle. Notez l’empreinte ci-dessous : tout registre ultérieur doit la prolonger.',
  registerSize: 'Nombre de lignes',
  registerTime: 'Signé',
  registerRoot: 'Empreinte du registre (racine)',
  registerHead: 'dernier état signé',
  registerLeaves: 'lignes du registre',
  registerCounts: 'décomptes du registre',
  registerKeys: 'clés du registre',
  scheduled: 'Tirages prévus',
  drawn: 'Tirages effectués',
  weaker: 'dont avec le secret de l’opérateur (plus faible)',
  void: 'Tirages annulés',
  repeated: 'Tirages répétés après une annulation',
  ruleChanges: 'Changements de règles',
  registerEmpty: 'Le registre est encore vide.',
  contest: 'Contester',
  contestBody:
    'Adressez-vous à la préfecture en indiquant la date du tirage et votre numéro d’inscription, jamais votre secret. Vous pouvez aussi saisir le Défenseur des droits (gratuit) ou le tribunal administratif.',
  states: {
    scheduled: 'prévu',
    frozen: 'liste fixée',
    drawn: 'tiré',
    published: 'publié',
    closed: 'terminé',
    void: 'annulé',
  },
} as const satisfies PublicTexts;

type Texts = {
  readonly [Name in Exclude<keyof typeof fr, 'steps' | 'strengths' | 'states'>]: string;
} & Pick<PublicTexts, 'steps' | 'strengths' | 'states'>;

const en: Texts = {
  title: 'Waitlist and draws',
  free: 'It is free. Nobody can buy a place.',
  freeMore: 'Never pay anyone: no middleman can put you before others or raise your chance.',
  paused: 'Draws are suspended for now. Your entry stays valid.',
  join: 'Join',
  lost: 'Joined already, and lost the link?',
  how: 'How it works',
  steps: [
    'You join once for each request, at any time. Being first gives no advantage.',
    'At the time of the draw the entries and the free places are fixed, and published as fingerprints.',
    'A draw ranks the entries. The first ones receive an offer of an appointment.',
    'You accept or decline. A place that is freed goes to the next entry of the same ranking.',
    'Without an offer you stay on the list for the next draw.',
  ],
  types: 'Requests and figures',
  next: 'Next draw',
  noDate: 'no date yet',
  waiting: 'Waiting now',
  lastWaiting: 'Last draw: entries waiting',
  lastPlaces: 'Last draw: places',
  lastDrawn: 'Last draw: entries drawn',
  lastChance: 'Last draw: chance',
  lastWait: 'Last draw: median wait, in draws',
  draws: 'The draws',
  noDraws: 'There has been no draw yet.',
  entropy: 'randomness',
  strengths: { public_beacon: 'public beacon', weaker: 'secret of the operator (weaker)' },
  replaces: 'repeats the void draw',
  repeatedBy: 'repeated by draw',
  manifest: 'manifest',
  record: 'record',
  verify: 'check',
  check: 'Check a draw',
  checkTicket: 'Your ticket follows from the seed in the record and your entry number:',
  checkHere: 'The simplest way: your browser computes the whole draw again, and sends nothing.',
  checkPage: 'Page to check a draw',
  checkAll: 'The whole record is checked by the program of Tirage:',
  register: 'Public register',
  registerBody:
    'Every planned draw, every result, every void draw and every change of rules is written in a register that nobody can rewrite unnoticed. It holds no personal data. Note the fingerprint below: every later register must continue it.',
  registerSize: 'Number of lines',
  registerTime: 'Signed',
  registerRoot: 'Fingerprint of the register (root)',
  registerHead: 'latest signed state',
  registerLeaves: 'lines of the register',
  registerCounts: 'counts of the register',
  registerKeys: 'keys of the register',
  scheduled: 'Draws planned',
  drawn: 'Draws held',
  weaker: 'of those, with the secret of the operator (weaker)',
  void: 'Draws declared void',
  repeated: 'Draws that repeat a void one',
  ruleChanges: 'Changes of rules',
  registerEmpty: 'The register is still empty.',
  contest: 'Contest a draw',
  contestBody:
    'Write to the prefecture with the date of the draw and your entry number, never your secret. You can also turn to the Défenseur des droits (free) or to the administrative court.',
  states: {
    scheduled: 'planned',
    frozen: 'list fixed',
    drawn: 'drawn',
    published: 'published',
    closed: 'over',
    void: 'void',
  },
};

export const publicTexts: { readonly fr: Texts; readonly en: Texts } = { fr, en };
