import { createHmac, hash, type KeyObject } from 'node:crypto';
import { type Keyring, purposeKey } from '../keys/keyring.ts';
import { nameSkeleton, normaliseEmail, normaliseName, normaliseNumber } from './normalise.ts';
import type { Document, Person } from './person.ts';

const IDENTITY_BYTES = 15;
const CLUE_BYTES = 9;
/** Characters of an identity key that tell by which key of the keyring it was made: 12 bits. */
const TAG_LENGTH = 2;

/** What two entries of one person may have in common, by the first letter of its key. */
export const CLUE_LETTERS = { email: 'e', phone: 'p', name: 'n' } as const;
export type Clue = keyof typeof CLUE_LETTERS;

/** What stands for a person in the store. None of it says who it is, to whoever lacks the key. */
export interface PersonKeys {
  /** One for each document, by the current key. Of each, one live entry. */
  readonly identities: readonly string[];
  /** The same by the former keys of the keyring: people who joined before a rotation have these. */
  readonly formerIdentities: readonly string[];
  /** E-mail, telephone, name and birth date, as far as given, by the current key. */
  readonly clues: readonly string[];
  readonly formerClues: readonly string[];
}

/** What keys are made of: a person who joins, or one whom an agent looks for. */
export interface Identified
  extends Pick<Person, 'document' | 'name' | 'birthDate' | 'email' | 'phone'> {
  readonly otherDocuments?: readonly Document[] | undefined;
}

type Contact = Pick<Identified, 'email' | 'phone'>;

export interface IdentityKeys {
  /** Everything by which a person is recognised within one request type of one prefecture. */
  keysOf(prefecture: string, requestType: string, person: Identified): PersonKeys;
  /** The current key of one document: 22 characters. */
  keyOf(prefecture: string, requestType: string, document: Document, name: string): string;
  /** The keys of one document by every key of the keyring, the current one first. */
  allKeysOf(prefecture: string, requestType: string, document: Document, name: string): string[];
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
      const texts = documentsOf(person).map((document) =>
        JSON.stringify([prefecture, requestType, ...identifying(document, person.name)]),
      );
      const clues = clueTexts(prefecture, requestType, person);
      return {
        identities: texts.map(current.identity),
        formerIdentities: former.flatMap((maker) => texts.map(maker.identity)),
        clues: clues.map(current.clue),
        formerClues: former.flatMap((maker) => clues.map(maker.clue)),
      };
    },
    keyOf: (...parts) => current.identity(textOf(...parts)),
    allKeysOf: (...parts) => makers.map((maker) => maker.identity(textOf(...parts))),
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

type ClueText = readonly [Clue, string];

/** Contacts count across request types, so their keys do not name one. */
function clueTexts(prefecture: string, requestType: string, person: Identified): ClueText[] {
  const { name } = person;
  const birthDate = birthDateOf(person);
  const texts = contactTexts(prefecture, person);
  if (birthDate === undefined) return texts;
  const named = JSON.stringify([prefecture, requestType, 'name', birthDate, nameSkeleton(name)]);
  return [...texts, ['name', named]];
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

/** All documents that a person gave, the first first. Pure. */
export function documentsOf({ document, otherDocuments = [] }: Identified): readonly Document[] {
  return [document, ...otherDocuments];
}

/** A birth date that a person gave, by itself or for want of a document. */
function birthDateOf(person: Identified): string | undefined {
  const stated = documentsOf(person).find((document) => document.kind === 'none');
  return person.birthDate ?? (stated?.kind === 'none' ? stated.birthDate : undefined);
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
