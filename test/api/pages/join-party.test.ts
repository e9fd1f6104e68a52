import { beforeEach, describe, expect, test } from 'vitest';
import { joinPageUrl } from '#src/domain/page-addresses.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { exchange, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const url = () => `${joinPageUrl(api.origin(), prefecture)}?lang=en`;
const get = () => exchange(url(), 'GET', undefined, {});

beforeEach(async () => {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) =>
      type.id === 'first'
        ? { ...type, partyMax: 4, partyNote: { fr: 'Toute la famille.', en: 'All the family.' } }
        : type,
    ),
  }));
  api.forget();
});

async function send(fields: Record<string, string>) {
  const { person, contact } = joinRequest();
  const all = {
    key: `a-key-of-sixteen-${person.document.number}`,
    work: await api.solution('join'),
    ...{ requestType: 'first', name: 'Ada Exemple', agdref: person.document.number },
    ...{ email: contact.email, language: 'en' },
    ...fields,
  };
  return exchange(url(), 'POST', new URLSearchParams(all).toString(), form);
}

const wife = {
  'other1-name': 'Zoé',
  'other1-passport': 'ab 12345',
  'other1-passportCountry': 'Mali',
};
/** The second is left empty. */
const child = { 'other3-name': 'Bo', 'other3-birthDate': '2019-12-31' };
const joinedId = (text: string) => /entries\/([0-9a-z]{16})/.exec(text)?.[1] ?? '';

describe('the page for a family', () => {
  test('asks for as many as any request type takes, and says what is public', async () => {
    const { text } = await get();
    const scripts = text.match(/<script.*?<\/script>/gs) ?? [];
    expect(pageFaults(text.replace(scripts[0] ?? '', ''))).toEqual([]);
    expect(text).toContain('name="other3-name"');
    expect(text).not.toContain('name="other4-name"');
    expect(text).toContain('Up to 4 people together. All the family.');
    expect(text).toContain('How many people you are is public');
    expect(text.length).toBeLessThan(30_000);
  });

  test('says nothing of families where each comes alone', async () => {
    await api.store.prefectures.update(prefecture, (before) => ({
      ...before,
      requestTypes: before.requestTypes.map((type) => ({ ...type, partyMax: 1 })),
    }));
    api.forget();
    expect((await get()).text).not.toContain('other1-');
  });

  test('makes one entry of those who were filled in', async () => {
    const { status, text } = await send({ ...wife, ...child });
    expect(status).toBe(201);
    const entry = await api.store.entries.get(prefecture, joinedId(text));
    expect(entry).toMatchObject({ party: 3, state: 'unverified' });
    expect(entry?.otherIdentities).toHaveLength(2);
  });

  test('of nobody else makes one for the person alone', async () => {
    const { text } = await send({ 'other2-name': ' ' });
    expect(await api.store.entries.get(prefecture, joinedId(text))).not.toHaveProperty('party');
  });
});

describe('what cannot be taken stands beside the field, with nothing lost:', () => {
  test.each<[string, Record<string, string>, string, string, number]>([
    ['no name', { ...wife, 'other1-name': '' }, 'other1-name', 'Write your name', 422],
    ['no document', { 'other3-name': 'Bo' }, 'other3-birthDate', 'Give a document', 422],
    ['a short number', { ...wife, 'other1-agdref': '12' }, 'other1-agdref', '10 digits', 422],
    [
      'a country that is none',
      { ...wife, 'other1-passportCountry': 'Atlantis' },
      'other1-passportCountry',
      'name of the country',
      422,
    ],
    [
      'an adult without a document',
      { ...child, 'other3-birthDate': '1999-12-31' },
      'other3-agdref',
      'From 18 on',
      422,
    ],
    [
      'somebody twice',
      { ...child, 'other2-name': 'Bo', 'other2-birthDate': '2019-12-31' },
      'other3-name',
      'given above',
      422,
    ],
    ['a request for one', { ...child, requestType: 'renewal' }, 'requestType', 'So many', 422],
  ])('%s', async (_what, fields, name, words, status) => {
    const answer = await send(fields);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`href="#${name}"`);
    expect(answer.text).toMatch(new RegExp(`id="${name}-fault">[^<]*${words}`));
    expect(pageFaults(answer.text.replace(/<script.*?<\/script>/s, ''))).toEqual([]);
    for (const [field, value] of Object.entries(fields)) {
      if (field !== 'requestType') expect(answer.text).toContain(`name="${field}" `);
      if (value !== 'renewal' && value !== '') expect(answer.text).toContain(`value="${value}"`);
    }
  });

  test('somebody who waits already, whoever it is', async () => {
    await send({ ...wife, ...child });
    const again = await send(child);
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/id="other3-name-fault">There is an entry already/);
    const first = await send({ agdref: '', passport: 'AB12345', passportCountry: 'MLI', ...child });
    expect(first.text).toMatch(/id="name-fault">There is an entry already/);
  });
});
