import { beforeEach, describe, expect, test } from 'vitest';
import { entryPageUrl } from '#src/domain/page-addresses.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { exchange, join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const wife = { name: 'Zoé', document: { kind: 'passport', country: 'MLI', number: 'AA1234567' } };
let id = '';
let token = '';

beforeEach(async () => {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) =>
      type.id === 'first' ? { ...type, partyMax: 3 } : type,
    ),
  }));
  api.forget();
  ({ id, token } = await join(api, { requestType: 'first', others: [wife] }));
});

async function act(action: string, fields: Record<string, string> = {}) {
  const url = `${entryPageUrl(api.origin(), prefecture, id)}?lang=en`;
  const body = new URLSearchParams({ token, action, ...fields }).toString();
  const answer = await exchange(url, 'POST', body, form);
  expect(pageFaults(answer.text)).toEqual([]);
  return answer;
}
const stored = () => api.store.entries.get(prefecture, id);

describe('the page of a family', () => {
  test('names its people, to who holds the secret', async () => {
    const { text } = await act('show');
    expect(text).toContain('2 people together');
    expect(text).toMatch(/<li>Zoé/);
    expect(text).toContain('How many people you are is public');
  });

  test('adds a child, and a person by passport, up to the most', async () => {
    const child = { memberName: 'Bo', memberBirthDate: '2019-12-31' };
    expect((await act('add_member', child)).text).toContain('3 people together');
    expect(await stored()).toMatchObject({ party: 3 });
    const more = { memberName: 'Lu', memberPassport: 'BB123', memberPassportCountry: 'Mali' };
    const { status, text } = await act('add_member', more);
    expect([status, text.includes('So many people')]).toEqual([422, true]);
    expect(text).not.toContain('name="memberName"');
  });

  test('says what is wrong, and changes nothing', async () => {
    const adult = await act('add_member', { memberName: 'Bo', memberBirthDate: '1999-12-31' });
    expect(adult.text).toContain('Look once more');
    expect((await act('add_member', { memberName: 'Bo' })).text).toContain('Look once more');
    await join(api, {
      requestType: 'first',
      person: { ...wife, document: { ...wife.document, number: 'CC1' } },
    });
    const taken = { memberName: 'Zoé', memberPassport: 'CC1', memberPassportCountry: 'MLI' };
    expect((await act('add_member', { ...taken, memberPassport: 'CC1' })).status).not.toBe(200);
    expect(await stored()).toMatchObject({ party: 2 });
  });

  test('takes somebody out, once', async () => {
    const one = { member: '1', people: '2' };
    expect((await act('remove_member', one)).text).toContain('Other people with you?');
    expect(await stored()).not.toHaveProperty('party');
    expect((await act('remove_member', one)).text).toContain('have changed meanwhile');
  });

  test('lets somebody go on apart', async () => {
    const { text } = await act('split_member', { member: '1', people: '2' });
    expect(text).toContain('A message comes once the new entry is made');
    expect(await stored()).not.toHaveProperty('party');
    expect(await api.store.entries.counts(prefecture)).toEqual([
      { state: 'waiting', requestType: 'first', entries: 2 },
    ]);
  });
});

test('where each comes alone the page says nothing of it', async () => {
  ({ id, token } = await join(api));
  expect((await act('show')).text).not.toContain('people');
});
