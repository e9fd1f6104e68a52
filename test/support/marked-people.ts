import type { Mark } from './marks.ts';

/** Somebody whose every datum can be recognised wherever it turns up. */
export interface MarkedPerson {
  readonly id: string;
  readonly name: string;
  readonly document: Readonly<Record<string, string>>;
  readonly otherDocuments?: readonly Readonly<Record<string, string>>[];
  readonly birthDate?: string;
  readonly contact: {
    readonly email?: string;
    readonly phone?: string;
    readonly webhook?: string;
    readonly postal?: readonly string[];
  };
  /** How the member is written where it was normalised: digits of a telephone, and the like. */
  readonly also?: readonly string[];
}

/** In several scripts, with each kind of document and of contact. */
export const people: readonly MarkedPerson[] = [
  {
    id: 'latin',
    name: 'Zéphyrine Qwaxolté-Brzęczyk',
    document: { kind: 'agdref', number: '7391846205' },
    otherDocuments: [{ kind: 'passport', country: 'POL', number: 'PX-4471-0938W' }],
    birthDate: '1911-11-23',
    contact: { email: 'Zephyrine.Qwax+rdv@marque-un.example' },
    also: [
      'PX44710938W',
      'Qwaxolté',
      'Brzęczyk',
      'Qwaxolte',
      'Brzeczyk',
      'zephyrine.qwax',
      'marque-un',
    ],
  },
  {
    id: 'arabic',
    name: 'قمرالزهراء بنت-مرجان',
    document: { kind: 'passport', country: 'MAR', number: 'QX7719034Z' },
    contact: { email: 'qamar.merjan@marque-deux.example' },
    also: ['قمرالزهراء', 'qamar.merjan'],
  },
  {
    id: 'chinese',
    name: '欧阳勤琼',
    document: { kind: 'consular', country: 'CHN', number: 'G88-41907-VK' },
    contact: { email: 'ouyang.qinqiong@marque-trois.example' },
    also: ['G8841907VK', '欧阳'],
  },
  {
    id: 'cyrillic',
    name: 'Жеравлёва Щукина',
    document: { kind: 'none', birthDate: '1907-05-29', nationality: 'UKR' },
    contact: { email: 'zheravlova@marque-quatre.example' },
    also: ['Жеравлёва', 'Жеравлева', 'zheravlova'],
  },
  {
    id: 'phone',
    name: 'Ngọc Thiềuvươngxq',
    document: { kind: 'passport', country: 'VNM', number: 'VB5530917QW' },
    contact: { phone: '06 39 98 41 57' },
    also: ['639984157', 'Thiềuvươngxq'],
  },
  {
    id: 'wrong-number',
    name: 'Tamaraqwex Ouldxyzmohamed',
    document: { kind: 'passport', country: 'MRT', number: 'MR6644821XP' },
    contact: { phone: '+33 6 39 98 27 13' },
    also: ['639982713', 'Ouldxyzmohamed'],
  },
  {
    id: 'hook',
    name: 'Ὀδυσσεύςξψ Παπαδόξψουλος',
    document: { kind: 'passport', country: 'GRC', number: 'GR9917264YT' },
    contact: { webhook: 'https://127.0.0.1/hook-marque-sept-vbnx' },
    also: ['hook-marque-sept-vbnx', 'Παπαδόξψουλος'],
  },
  {
    id: 'refused',
    name: 'Ermenegildoxq Zwyrtkowskix',
    document: { kind: 'passport', country: 'POL', number: 'PL8827341WS' },
    contact: { email: 'refused.zwyrt@marque-huit.example' },
    also: ['refused.zwyrt', 'Zwyrtkowskix'],
  },
  {
    id: 'deferred',
    name: 'Xiomaraquetz Tlacuilolxq',
    document: { kind: 'passport', country: 'MEX', number: 'MX3372915JB' },
    contact: { email: 'deferred.tlacui@marque-neuf.example' },
    also: ['deferred.tlacui', 'Tlacuilolxq'],
  },
  {
    // With the telephone of somebody else: the two are a flagged set.
    id: 'twin',
    name: 'Bérengèrexq Ngọcwyz',
    document: { kind: 'passport', country: 'BEL', number: 'BE5518830ZQ' },
    contact: { email: 'berengere.ngocw@marque-onze.example', phone: '06 39 98 41 57' },
    also: ['berengere.ngocw', 'Ngọcwyz'],
  },
];

/** Entered by somebody else: at the desk with an address only, and by a helper with a mandate. */
export const offline = {
  byPost: {
    id: 'by-post',
    name: 'Clémencexq Vandewxholt',
    document: { kind: 'passport', country: 'NLD', number: 'NL7743921VX' },
    contact: { postal: ['Chez Mme Wexforthyq', '31 ter, rue des Glycinexq', '92000 NANTERRE'] },
    also: ['Vandewxholt', 'Chez Mme Wexforthyq', 'Glycinexq'],
  },
  helped: {
    id: 'helped',
    name: 'Oumarouxq Tchikayawz',
    document: { kind: 'agdref', number: '6648210937' },
    contact: { phone: '+33 6 39 98 55 29' },
    also: ['Tchikayawz', '639985529', 'Quibblexq-77'],
  },
} as const satisfies Record<string, MarkedPerson>;

/** Where the mandate of the second is filed. */
export const mandateReference = 'Classeur Quibblexq-77, signé';

/** Somebody who works there, and signs in with OpenID Connect. */
export const signedIn = {
  id: 'agent',
  sub: 'sub-quorvexia-7731',
  claims: { email: 'Agentia.Quorvex@marque-agents.example', email_verified: true, siret: 'x' },
  also: ['quorvexia', 'agentia.quorvex', 'marque-agents'],
} as const;

/** Never joins: somebody of whom only searches, refusals and malformed bodies speak. */
export const stranger = {
  id: 'stranger',
  name: 'Quintilianusxq Vorbixqescu',
  document: { kind: 'agdref', number: '8264917350' },
  contact: { email: 'vorbixqescu@marque-dix.example', phone: '+33 6 39 98 66 02' },
  also: ['Vorbixqescu', '639986602', 'Hortensiaxq'],
  address: '117bis rue des Hortensiaxq',
} as const;

/** Every mark of everybody. */
export function allMarks(): Mark[] {
  const others = [...Object.values(offline), stranger].flatMap(marksOf);
  const agent = [signedIn.sub, signedIn.claims.email, ...signedIn.also].map((text) => ({
    name: `${signedIn.id}: ${text}`,
    text,
  }));
  return [...people.flatMap(marksOf), ...others, ...agent];
}

function marksOf(person: MarkedPerson & { readonly address?: string }): Mark[] {
  const { number, birthDate } = person.document;
  const { postal: _lines, ...contact } = person.contact;
  const texts = [
    ...[person.name, number, birthDate, person.birthDate, person.address],
    ...(person.otherDocuments ?? []).map((document) => document.number),
    ...Object.values(contact),
    ...(person.also ?? []),
  ];
  return [...new Set(texts)]
    .filter((text) => text !== undefined)
    .map((text) => ({ name: `${person.id}: ${text}`, text }));
}
