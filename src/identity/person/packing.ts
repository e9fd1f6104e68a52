import type { Document, Member, Person } from './person.ts';

/** Unit separator: a control character, which no member of a person may hold. */
const SEPARATOR = '\u001f';
/** Record separator: likewise. Parts the lines of a postal address. */
const LINE = '\u001e';

/** One letter a kind of document: what it stands for never changes, only new letters are added. */
const LETTERS = { agdref: 'a', passport: 'p', consular: 'c', none: 'n' } as const satisfies Record<
  Document['kind'],
  string
>;

/** In place of a kind of document: from here on it is somebody who comes along. */
const MEMBER = 'm';

/**
 * Fields before those of further documents: document (2), name, e-mail, phone, webhook, birth date,
 * postal address.
 */
const FIELDS = 8;

/**
 * Writes a person as one short line: kind letter, document, name, e-mail, phone, webhook, birth
 * date, postal address, then two fields for each further document; then for each who comes along two
 * fields, name and birth date, and two for each document; the empty ones at the end left out. About half
 * of what JSON takes, and the store holds one per entry. (Deflate would save six bytes more of 65,
 * brotli makes it longer.)
 */
export function packPerson(person: Person): string {
  const { name, document, otherDocuments = [], birthDate, email, phone, webhook } = person;
  const postal = person.postal?.join(LINE);
  const fields = [
    ...[...packDocument(document), name, email, phone, webhook, birthDate, postal],
    ...otherDocuments.flatMap(packDocument),
    ...(person.others ?? []).flatMap(packMember),
  ];
  if (fields.some((field) => field?.includes(SEPARATOR))) {
    throw new Error('a member of a person holds a control character');
  }
  const last = fields.findLastIndex((field) => field !== undefined);
  return fields.slice(0, last + 1).join(SEPARATOR);
}

/** Reads what `packPerson` wrote. @throws Error, without content, for anything else. */
export function unpackPerson(text: string): Person {
  const fields = text.split(SEPARATOR);
  const [first = '', second = '', name = '', email, phone, webhook, birthDate, postal] = fields;
  const rest = fields.slice(FIELDS);
  if (name === '' || rest.length % 2 !== 0) throw new Error('a sealed person is malformed');
  const { documents: otherDocuments, others } = unpackRest(rest);
  return {
    name,
    document: unpackDocument(first, second),
    ...(otherDocuments.length > 0 ? { otherDocuments } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(webhook ? { webhook } : {}),
    ...(postal ? { postal: postal.split(LINE) } : {}),
  };
}

/** Pairs of fields: documents of the person, then each who comes along with theirs. */
function unpackRest(fields: readonly string[]) {
  const own: Document[] = [];
  const others: { name: string; birthDate: string; documents: Document[] }[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [field = '', second = ''] = fields.slice(at, at + 2);
    if (field.startsWith(MEMBER)) {
      others.push({ name: field.slice(1), birthDate: second, documents: [] });
    } else {
      (others.at(-1)?.documents ?? own).push(unpackDocument(field, second));
    }
  }
  return { documents: own, others: others.map(memberOf) };
}

function memberOf(read: { name: string; birthDate: string; documents: Document[] }): Member {
  const [document, ...otherDocuments] = read.documents;
  if (read.name === '') throw new Error('a sealed person is malformed');
  return {
    name: read.name,
    ...(document ? { document } : {}),
    ...(otherDocuments.length > 0 ? { otherDocuments } : {}),
    ...(read.birthDate === '' ? {} : { birthDate: read.birthDate }),
  };
}

function packMember({ name, document, otherDocuments = [], birthDate = '' }: Member): string[] {
  const documents = document ? [document, ...otherDocuments] : [];
  return [MEMBER + name, birthDate, ...documents.flatMap(packDocument)];
}

/** Two fields: kind letter and number or birth date; country or nationality. */
function packDocument(document: Document): [string, string] {
  const letter = LETTERS[document.kind];
  switch (document.kind) {
    case 'agdref':
      return [letter + document.number, ''];
    case 'none':
      return [letter + document.birthDate, document.nationality];
    case 'passport':
    case 'consular':
      return [letter + document.number, document.country];
  }
}

function unpackDocument(field: string, second: string): Document {
  const [letter, first] = [field.charAt(0), field.slice(1)];
  switch (letter) {
    case LETTERS.agdref:
      return { kind: 'agdref', number: first };
    case LETTERS.passport:
      return { kind: 'passport', country: second, number: first };
    case LETTERS.consular:
      return { kind: 'consular', country: second, number: first };
    case LETTERS.none:
      return { kind: 'none', birthDate: first, nationality: second };
    default:
      throw new Error('a sealed person is malformed');
  }
}
