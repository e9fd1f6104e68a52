import { describe, expect, test } from 'vitest';
import { entryPageUrl, joinPageUrl, lostLinkPageUrl } from '#src/domain/page-addresses.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { exchange, join, joinRequest, prefecture, useApi } from '../harness.ts';

type Fields = Record<string, string | readonly string[]>;

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const key = 'a-key-of-sixteen-or-more';
/** What is wrong with a page besides the one script whose hash its policy names. */
function faultsOf(text: string): string[] {
  const [own = '', ...others] = text.match(/<script.*?<\/script>/gs) ?? [];
  return [...others, ...pageFaults(text.replace(own, ''))];
}

const api = useApi();
const get = (url: string) => exchange(url, 'GET', undefined, {});

function post(url: string, fields: Fields) {
  const pairs = Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as [string, string]),
  );
  return exchange(url, 'POST', new URLSearchParams(pairs).toString(), form);
}

/** What somebody fills in, with a solution that is good once. */
async function filled(fields: Fields = {}): Promise<Fields> {
  const { person, contact } = joinRequest();
  return {
    key: `${key}-${person.document.number}`,
    work: await api.solution('join'),
    requestType: 'renewal',
    name: 'Ada Exemple',
    agdref: person.document.number,
    email: contact.email,
    language: 'fr',
    ...fields,
  };
}

const send = async (fields: Fields, query = '') =>
  post(`${joinPageUrl(api.origin(), prefecture)}${query}`, await filled(fields));

const entries = () => api.redis.hkeys(keysOf(prefecture).entries);
const joinedId = (text: string) => /entries\/([0-9a-z]{16})/.exec(text)?.[1] ?? '';
const secretOf = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';

describe('the page to join', () => {
  test('is one light page of our own, in both languages, with one script', async () => {
    for (const query of ['', '?lang=en']) {
      const { status, headers, text } = await get(
        `${joinPageUrl(api.origin(), prefecture)}${query}`,
      );
      expect(status).toBe(200);
      expect(faultsOf(text)).toEqual([]);
      expect(text.length).toBeLessThan(24_000);
      const policy = headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; .*script-src 'sha256-[^']+'; worker-src blob:/);
      expect(policy).not.toContain('unsafe');
      expect([headers.get('set-cookie'), headers.get('cache-control')]).toEqual([null, 'no-store']);
      expect(text).toMatch(/id="no-script">.*(guichet|desk)/s);
    }
  });

  test('is linked from the page of the prefecture', async () => {
    const { text } = await get(`${api.origin()}/p/${prefecture}?lang=en`);
    expect(text).toContain(`href="/p/${prefecture}/join?lang=en"`);
    expect(text).toContain(`href="/p/${prefecture}/lost-link?lang=en"`);
  });

  test('makes an entry, and shows number, secret, receipt and where the code goes', async () => {
    const { status, text } = await send({
      requestType: 'first',
      agdref: '',
      passport: 'ab 12345',
      passportCountry: 'algérie',
      birthDate: '1990-02-28',
      phone: '06 12 34 56 78',
      sites: ['antony', 'nanterre'],
      days: ['1', '3'],
      from: '09:00',
      language: 'en',
    });
    expect([status, faultsOf(text)]).toEqual([201, []]);
    const id = joinedId(text);
    const token = secretOf(text);
    expect(text).toContain(`<code>${token}</code>`);
    expect(text).toContain('value="receipt_paper"');
    expect(await api.store.entries.get(prefecture, id)).toMatchObject({
      state: 'unverified',
      requestType: 'first',
      origin: 'online',
      language: 'en',
      accepts: {
        sites: ['antony', 'nanterre'],
        windows: [{ days: [1, 3], from: '09:00', until: '24:00' }],
      },
    });
    const code = api.tokens.code(prefecture, id, 1);
    const done = await post(entryPageUrl(api.origin(), prefecture, id), {
      token,
      code,
      action: 'verify',
    });
    expect(done.text).toContain('Vous êtes sur la liste d’attente');
    const logged = api.logged.join('');
    for (const mark of [token, 'Ada Exemple', '12345', '0612345678', '612345678', '@example.org']) {
      expect(logged).not.toContain(mark);
    }
  });

  test('takes the documents of one person together, and a person without any', async () => {
    const both = await send({ consular: 'C-998877', consularCountry: 'Mali' });
    expect(both.status).toBe(201);
    const none = { requestType: 'first', agdref: '', birthDate: '1990-02-28', nationality: 'مالي' };
    expect((await send(none)).status).toBe(201);
    // One live entry for them: another form of the same consular card is refused.
    const again = await send({ consular: 'c998877', consularCountry: 'mli' });
    expect([again.status, faultsOf(again.text)]).toEqual([409, []]);
    expect(again.text).toContain('Il y a déjà une inscription');
  });

  test('two taps at once make one entry, and show it twice', async () => {
    const url = joinPageUrl(api.origin(), prefecture);
    const fields = await filled();
    const taps = await Promise.all([post(url, fields), post(url, fields), post(url, fields)]);
    expect(taps.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(taps.map(({ text }) => joinedId(text))).size).toBe(1);
    expect(await entries()).toHaveLength(1);
    const other = await post(url, { ...fields, name: 'Another Name' });
    expect([other.status, other.text.includes('a déjà été envoyé')]).toEqual([422, true]);
    expect(other.text).not.toContain(String(fields.key));
  });
});

describe('what cannot be taken', () => {
  test.each<[string, Fields, string, string]>([
    ['no request', { requestType: '' }, 'requestType', 'Choisissez votre démarche'],
    ['a request unknown here', { requestType: 'x y' }, 'requestType', 'Choisissez votre démarche'],
    ['no name', { name: ' ' }, 'name', 'Écrivez votre nom'],
    ['a short number', { agdref: '123' }, 'agdref', 'Il faut 10 chiffres'],
    ['no document', { agdref: '' }, 'agdref', 'Donnez un document'],
    [
      'a renewal without its number',
      { agdref: '', passport: 'AB12345', passportCountry: 'MAR' },
      'agdref',
      'demande le numéro étranger',
    ],
    [
      'a country nobody knows',
      { passport: 'AB12345', passportCountry: 'Congo' },
      'passportCountry',
      'Écrivez le nom du pays',
    ],
    ['a country without a number', { consularCountry: 'Mali' }, 'consular', 'Écrivez le numéro'],
    [
      'a birth date without a country',
      { agdref: '', birthDate: '1990-01-01' },
      'nationality',
      'Écrivez le nom du pays',
    ],
    ['a date that is none', { birthDate: '1990-02-30' }, 'birthDate', 'Écrivez la date'],
    ['nothing to reach them by', { email: '' }, 'email', 'Donnez une adresse'],
    ['half an address', { email: 'ada@' }, 'email', 'Cette adresse n’est pas complète'],
    ['half a number', { phone: '06 12' }, 'phone', 'Ce numéro n’est pas complet'],
    [
      'times the wrong way round',
      { from: '12:00', until: '09:00' },
      'from',
      'avant l’heure de fin',
    ],
    [
      'dates the wrong way round',
      { notBefore: '2027-02-01', notAfter: '2027-01-01' },
      'notBefore',
      'avant la seconde',
    ],
    [
      'a site that does not serve it',
      { sites: ['antony'] },
      'sites',
      'Pour cette démarche : Nanterre.',
    ],
    ['a day that is none', { days: ['9'] }, 'from', 'avant l’heure de fin'],
  ])('%s is said beside its field, and nothing is lost', async (_name, fields, field, words) => {
    const sent = await filled({ name: 'Ada Lovelace', ...fields });
    const { status, text } = await post(joinPageUrl(api.origin(), prefecture), sent);
    expect([status, faultsOf(text)]).toEqual([422, []]);
    const beside = new RegExp(`id="${field}-fault">([^<]*)`).exec(text)?.[1];
    expect(beside).toContain(words);
    expect(text).toContain(`<a href="#${field}">`);
    const kept = ['name', 'agdref', 'email', 'key', 'work', 'passport', 'birthDate'];
    for (const name of kept.filter((one) => sent[one] !== undefined && sent[one] !== '')) {
      expect(text).toMatch(new RegExp(`name="${name}"[^>]* value="`));
      expect(text).toContain(`value="${String(sent[name]).replaceAll('&', '&amp;')}"`);
    }
    expect(await entries()).toEqual([]);
  });

  test('the same solution does after a mistake in a field', async () => {
    const sent = await filled({ name: '' });
    await post(joinPageUrl(api.origin(), prefecture), sent);
    const { status } = await post(joinPageUrl(api.origin(), prefecture), { ...sent, name: 'Ada' });
    expect(status).toBe(201);
  });

  test('a number that the registry does not know, and a contact of too many people', async () => {
    api.state.registry = 'unknown';
    expect((await send({})).text).toContain('Le fichier national ne connaît pas ce numéro');
    api.state.registry = 'known';
    for (let one = 0; one < 5; one += 1) {
      expect((await send({ phone: '06 12 34 56 78' })).status).toBe(201);
    }
    const { status, text } = await send({ phone: '+33612345678' });
    expect(status).toBe(409);
    expect(/id="phone-fault">([^<]*)/.exec(text)?.[1]).toContain('sert déjà à plusieurs personnes');
  });

  test('without work, or with a spent one, the form comes back and asks for new work', async () => {
    const missing = await send({ work: '' }, '?lang=en');
    expect([missing.status, missing.text.includes('is missing or too old')]).toEqual([422, true]);
    const work = await api.solution('join');
    expect((await send({ work })).status).toBe(201);
    const spent = await send({ work });
    expect([spent.status >= 400, spent.text.includes(work)]).toEqual([true, false]);
    expect(spent.text).toContain('value="Ada Exemple"');
    const forLink = await send({ work: await api.solution('link') });
    expect(forLink.text).toContain('manque ou est trop ancien');
    expect(await entries()).toHaveLength(1);
  });

  test('hostile input is written as text, cut off, and never a failure of ours', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const names = [
      'requestType',
      'name',
      'agdref',
      'passport',
      'email',
      'phone',
      'birthDate',
      'from',
      'notBefore',
      'language',
      'key',
      'work',
      'sites',
      'days',
    ];
    for (const name of names) {
      for (const value of [evil, [evil, evil], `\u0000${'x'.repeat(5000)}`, '__proto__']) {
        const { status, text } = await send({ [name]: value });
        expect([name, status < 500]).toEqual([name, true]);
        expect(text).not.toContain('<img');
        expect(faultsOf(text)).toEqual([]);
      }
    }
    const raw = `${joinPageUrl(api.origin(), prefecture)}`;
    for (const body of ['__proto__=x&constructor=y', 'a[b]=c&name[]=d', '%', '\u0000', '']) {
      expect((await exchange(raw, 'POST', body, form)).status).toBe(422);
    }
    expect((await exchange(raw, 'POST', 'x'.repeat(40_000), form)).status).toBe(413);
    expect((await exchange(raw, 'POST', '{}', { 'content-type': 'application/json' })).status).toBe(
      422,
    );
  });
});

describe('the page of who lost the link', () => {
  const url = () => lostLinkPageUrl(api.origin(), prefecture);

  test('answers the same whether there is an entry or not, and sends the link where there is', async () => {
    const { request, id } = await join(api);
    const ask = async (email: string) => post(url(), { email, work: await api.solution('link') });
    const found = await ask(request.contact.email);
    const other = await ask('nobody@example.org');
    expect([found.status, other.status, faultsOf(found.text)]).toEqual([202, 202, []]);
    expect(found.text).toBe(other.text);
    await expect
      .poll(() => api.store.messages.due(prefecture, 10))
      .toContainEqual(expect.stringContaining(`link.${id}.`));
  });

  test('says what is wrong beside the field', async () => {
    expect(faultsOf((await get(url())).text)).toEqual([]);
    const empty = await post(`${url()}?lang=en`, {});
    expect([empty.status, faultsOf(empty.text)]).toEqual([422, []]);
    expect(empty.text).toContain('Give an e-mail address or a telephone number');
    const half = await post(url(), { phone: '"><b>06' });
    expect(half.text).toContain('value="&quot;&gt;&lt;b&gt;06"');
    expect(/id="phone-fault">([^<]*)/.exec(half.text)?.[1]).toContain('pas complet');
    const noWork = await post(url(), { email: 'ada@example.org' });
    expect([noWork.status, noWork.text.includes('manque ou est trop ancien')]).toEqual([422, true]);
  });
});
