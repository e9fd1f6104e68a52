import type { FindCountry } from '../../identity/person/countries.ts';

/** The fields of a form that documents stand in. */
type DocumentField = 'agdref' | 'passport' | 'passportCountry' | 'consular' | 'consularCountry';

export interface GivenDocument<Field> {
  readonly document: unknown;
  /** Where its number (or birth date) and its country stand in the form. */
  readonly fields: { readonly number: Field; readonly country: Field };
}

/** The documents that a form holds, as the API takes them: nothing of them is checked. Pure. */
export function documentsOf(
  text: { readonly [field in DocumentField]: string },
  findCountry: FindCountry,
): GivenDocument<DocumentField>[] {
  const given: GivenDocument<DocumentField>[] = [];
  if (text.agdref.trim() !== '') {
    const fields = { number: 'agdref', country: 'agdref' } as const;
    given.push({ document: { kind: 'agdref', number: text.agdref }, fields });
  }
  for (const kind of ['passport', 'consular'] as const) {
    const country = `${kind}Country` as const;
    if (`${text[kind]}${text[country]}`.trim() === '') continue;
    const document = { kind, number: text[kind], country: findCountry(text[country]) ?? '' };
    given.push({ document, fields: { number: kind, country } });
  }
  return given;
}
