import type { Mark } from './marks.ts';

/** Somebody whose every datum can be recognised wherever it turns up. */
export interface MarkedPerson {
  readonly id: string;
  readonly name: string;
  readonly document: Readonly<Record<string, string>>;
  readonly otherDocuments?: readonly Readonly<Record<string, string>>[];
  readonly birthDate?: string;
  readonly contact: { readonly email?: string; readonly phone?: string; readonly webhook?: string };
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
];

/** Never joins: somebody of whom only searches, refusals and malformed bodies speak. */
export const stranger = {
  id: 'stranger',
  name: 'Quintilianusxq Vorbixqescu',
  document: { kind: 'agdref', number: '8264917350' },
  contact: { email: 'vorbixqescu@marque-dix.example', phone: '+33 6 39 98 66 02' },
  also: ['Vorbixqescu', '639986602'],
  address: '117bis rue des Hortensiaxq',
} as const;

/** Every mark of everybody. */
export function allMarks(): Mark[] {
  return [...people, stranger].flatMap((person) => {
    const { number, birthDate } = person.document as Record<string, string>; // of any kind
    const { name, also = [] } = person;
    const more = 'otherDocuments' in person ? (person.otherDocuments ?? []) : [];
    const born = 'birthDate' in person ? person.birthDate : undefined;
    const others = more.map((document) => document.number);
    const contact = Object.values<string>({ ...person.contact });
    const address = 'address' in person ? [person.address, 'Hortensiaxq'] : [];
    const texts = [name, number, birthDate, born, ...others, ...contact, ...also, ...address];
    return [...new Set(texts)]
      .filter((text) => text !== undefined)
      .map((text) => ({ name: `${person.id}: ${text}`, text }));
  });
}
