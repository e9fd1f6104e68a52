import { createHmac, hash, type KeyObject } from 'node:crypto';
import { type Keyring, purposeKey } from '../keys/keyring.ts';
import { nameSkeleton, normaliseEmail, normaliseName, normaliseNumber } from './normalise.ts';
import { birthDateOf, documentsOf, type Identified, peopleIn } from './people.ts';
import type { Document } from './person.ts';

const IDENTITY_BYTES = 15;
const CLUE_BYTES = 9;
/** Characters of an identity key that tell by which key of the keyring it was made: 12 bits. */
const TAG_LENGTH = 2;

/** What two entries of one person may have in common, by the first letter of its key. */
export const CLUE_LETTERS = { email: 'e', phone: 'p', name: 'n' } as const;
export type Clue = keyof typeof CLUE_LETTERS;

/** What stands for a person in the store. None of it says who it is, to whoever lacks the key. */
export interface PersonKeys {
  /** One for each document of each person, by the current key. Of each, one live entry. */
  readonly identities: readonly string[];
  /** Whose each of them is: 0 is the person, 1 the first who comes along. */
  readonly holders: readonly number[];
  /**
   * The same by the former keys of the keyring, all of one key after those of another: people who
   * joined before a rotation have these.
   */
  readonly formerIdentities: readonly string[];
  /** E-mail, telephone, each name and birth date, as far as given, by the current key. */
  readonly clues: readonly string[];
  readonly formerClues: readonly string[];
}

type Contact = Pick<Identified, 'email' | 'phone'>;

export interface IdentityKeys {
  /** Everything by which a person is recognised within one request type of one prefecture. */
  keysOf(prefecture: string, requestType: string, person: Identified): PersonKeys;
  /** The current key of one document: 22 characters. */
  keyOf(prefecture: string, requestType: string, document: Document, name: string): string;
  /** The keys of one document by every key of the keyring, the current one first. */
  allKeysOf(prefecture: string, requestType: string, document: Document, name: string): string[];
  /** The same of a child without a document, who comes along with a party. */
  childKeysOf(prefecture: string, requestType: string, child: NamedChild): string[];
  /** The clue keys of one e-mail address or telephone, by every key of the keyring. */
  contactKeysOf(prefecture: string, contact: Contact): string[];
  /** Whether an identity key was made by the current key of the keyring, not by a former one. */
  isCurrent(identity: string): boolean;
}

/**
 * Makes identity keys (HMAC-SHA256, 120 bits behind a mark of the key that made them) and clue keys
 * (72 bits). New ones are made by the keyring's current key; whoever joined under a former one is
 * recognised as long as that stays in the keyring.
 */
export function createIdentityKeys(keyring: Keyring): IdentityKeys {
  const makers = keyring.keys.map((key) => makerOf(key.id, purposeKey(key, 'identity/v2')));
  const [current, ...former] = makers;
  if (current === undefined) throw new Error('a keyring without its own key');

  return {
    keysOf: (prefecture, requestType, person) => {
      const people = identityTexts(prefecture, requestType, person);
      const texts = people.flat();
      const clues = clueTexts(prefecture, requestType, person);
      return {
        identities: texts.map(current.identity),
        holders: people.flatMap((own, holder) => own.map(() => holder)),
        formerIdentities: former.flatMap((maker) => texts.map(maker.identity)),
        clues: clues.map(current.clue),
        formerClues: former.flatMap((maker) => clues.map(maker.clue)),
      };
    },
    keyOf: (...parts) => current.identity(textOf(...parts)),
    allKeysOf: (...parts) => makers.map((maker) => maker.identity(textOf(...parts))),
    childKeysOf: (prefecture, requestType, child) => {
      const text = childText(prefecture, requestType, child);
      return makers.map((maker) => maker.identity(text));
    },
    contactKeysOf: (prefecture, contact) => {
      const texts = contactTexts(prefecture, contact);
      return makers.flatMap((maker) => texts.map(maker.clue));
    },
    isCurrent: (identity) => identity.startsWith(current.tag),
  };
}

function makerOf(id: string, secret: KeyObject) {
  const tag = hash('sha256', id, 'base64url').slice(0, TAG_LENGTH);
  const mac = (text: string, bytes: number) =>
    createHmac('sha256', secret).update(text).digest().subarray(0, bytes).toString('base64url');
  return {
    tag,
    identity: (text: string) => tag + mac(text, IDENTITY_BYTES),
    clue: ([kind, text]: ClueText) => CLUE_LETTERS[kind] + mac(text, CLUE_BYTES),
  };
}

function textOf(prefecture: string, requestType: string, document: Document, name: string) {
  return JSON.stringify([prefecture, requestType, ...identifying(document, name)]);
}

/** A child who is known by name and birth date alone. */
export interface NamedChild {
  readonly name: string;
  readonly birthDate: string;
}

/** Of the same child in two parties the text is the same. No document makes one that begins so. */
function childText(prefecture: string, requestType: string, { name, birthDate }: NamedChild) {
  return JSON.stringify([prefecture, requestType, 'child', birthDate, normaliseName(name)]);
}

/** What identifies each of the people, in their order: a text for each document, or for the child. */
function identityTexts(prefecture: string, requestType: string, person: Identified): string[][] {
  return peopleIn(person).map((one) => {
    const { name, birthDate = '' } = one;
    const documents = documentsOf(one);
    if (documents.length === 0) return [childText(prefecture, requestType, { name, birthDate })];
    return documents.map((document) => textOf(prefecture, requestType, document, name));
  });
}

/**
 * Who of an entry's people stands there already, by the place in `holders`, so that 1 is the first
 * who comes along; undefined where all are different. Pure.
 */
export function repeatedHolder(person: Identified): number | undefined {
  const people = identityTexts('', '', person);
  const at = people.findIndex((texts, holder) =>
    people.slice(0, holder).some((before) => texts.some((text) => before.includes(text))),
  );
  return at === -1 ? undefined : at;
}

/** Identities and clues, as an entry keeps them. */
export interface KeptKeys {
  readonly identities: readonly string[];
  readonly clues: readonly string[];
}

/**
 * Takes the keys of one person from those of the entry, whichever keys of the keyring made them: they
 * stand in the order of the people. A contact is of both. Pure.
 *
 * @throws Error if the entry has other keys than its people make
 */
export function partKeys(person: Identified, kept: KeptKeys, holder: number) {
  const holders = peopleIn(person).flatMap((one, at) =>
    Array.from({ length: Math.max(1, documentsOf(one).length) }, () => at),
  );
  const names = [...nameClues('', '', person).values()];
  const named = kept.clues.filter((clue) => clue.startsWith(CLUE_LETTERS.name));
  if (holders.length !== kept.identities.length || names.length !== named.length) {
    throw new Error('an entry has other keys than its people make');
  }
  const ownersOf = (clue: string) => names[named.indexOf(clue)];
  const identities = (isTheirs: boolean) =>
    kept.identities.filter((_, at) => (holders[at] === holder) === isTheirs);
  return {
    leaving: {
      identities: identities(true),
      clues: kept.clues.filter((clue) => ownersOf(clue)?.includes(holder) ?? true),
    },
    staying: {
      identities: identities(false),
      clues: kept.clues.filter((clue) => ownersOf(clue)?.some((one) => one !== holder) ?? true),
    },
  };
}

type ClueText = readonly [Clue, string];

/** Contacts count across request types, so their keys do not name one. Nothing twice. */
function clueTexts(prefecture: string, requestType: string, person: Identified): ClueText[] {
  const named = nameClues(prefecture, requestType, person).keys();
  return [
    ...contactTexts(prefecture, person),
    ...Array.from(named, (text): ClueText => ['name', text]),
  ];
}

/** The clues by name and birth date, and whose each is: twins may have one together. */
function nameClues(prefecture: string, requestType: string, person: Identified) {
  const found = new Map<string, number[]>();
  for (const [holder, one] of peopleIn(person).entries()) {
    const birthDate = birthDateOf(one);
    if (birthDate === undefined) continue;
    const text = JSON.stringify([
      ...[prefecture, requestType, 'name', birthDate],
      nameSkeleton(one.name),
    ]);
    found.set(text, [...(found.get(text) ?? []), holder]);
  }
  return found;
}

function contactTexts(prefecture: string, { email, phone }: Contact): ClueText[] {
  const texts: (ClueText | undefined)[] = [
    email === undefined
      ? undefined
      : ['email', JSON.stringify([prefecture, 'email', normaliseEmail(email)])],
    phone === undefined ? undefined : ['phone', JSON.stringify([prefecture, 'phone', phone])],
  ];
  return texts.filter((text) => text !== undefined);
}

/**
 * What identifies a person, in one spelling. A document number does alone: the name on it may be
 * written in many ways. Without a document, name, birth date and nationality do together.
 */
export function identifying(document: Document, name: string): string[] {
  switch (document.kind) {
    case 'agdref':
      return ['agdref', normaliseNumber(document.number)];
    case 'passport':
    case 'consular':
      return [document.kind, document.country, normaliseNumber(document.number)];
    case 'none':
      return ['none', document.nationality, document.birthDate, normaliseName(name)];
  }
}
