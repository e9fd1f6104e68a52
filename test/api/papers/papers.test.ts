import { describe, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { checkPaper } from '#src/papers/check-paper.ts';
import { readPdf } from '../../support/pdf.ts';
import { join, joinRequest, useApi } from '../harness.ts';

const api = useApi();
const paperOf = async (id: string, token: string) => {
  const { status, headers, bytes } = await api.call('GET', `/entries/${id}/receipt.pdf`, { token });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(headers.get('cache-control')).toBe('no-store');
  return bytes;
};
const check = (bytes: Uint8Array) => checkPaper(bytes, api.deps().signer.keys);

describe('receipt.pdf', () => {
  test('is readable: tagged, in every language, with accents, fonts and a title', async () => {
    const accepts = {
      sites: ['nanterre'],
      windows: [{ days: [1, 4], from: '09:00', until: '12:00' }],
    };
    const { id, token, request } = await join(api, { accepts });
    const paper = await readPdf(await paperOf(id, token));
    expect([paper.title, paper.lang, paper.pages]).toEqual([
      'Preuve d’inscription sur la liste d’attente',
      'fr-FR',
      languages.length,
    ]);
    for (const text of [id, 'a enregistré l’inscription', 'lun., jeu. 09:00–12:00', 'Mon, Thu']) {
      expect(paper.text).toContain(text);
    }
    expect(paper.text).not.toContain(request.person.name);
    expect(paper.text).not.toContain(request.contact.email);
    expect(paper.tags).toMatch(/^Root\(Document\[fr-FR\]\(Sect\[fr-FR\]\(H1,P,Table\(TR\(TH,TD\)/);
    expect(paper.tags).toMatch(/Figure.*Sect\[en-GB\]\(H2,P,Table/);
    expect(paper.alternatives).toEqual([expect.stringContaining('Code QR')]);
    expect(paper.fonts.toSorted()).toEqual([
      expect.stringMatching(/\+DejaVuSans$/),
      expect.stringMatching(/\+DejaVuSans-Bold$/),
    ]);
  });

  test('its code leads to the page that checks, with the very receipt', async () => {
    const { id, token } = await join(api);
    const { text: jws } = await api.call('GET', `/entries/${id}/receipt`, { token });
    const { codes } = await readPdf(await paperOf(id, token));
    expect(codes).toEqual([`https://rdv.example.org/certificates?jws=${jws}`]);
    expect(await check(Buffer.from(codes[0] ?? ''))).toMatchObject({ genuine: true, form: 'jws' });
  });

  test('is genuine as it stands, and not with any changed byte', async () => {
    const { id, token } = await join(api);
    const pdf = await paperOf(id, token);
    expect(await check(pdf)).toMatchObject({
      genuine: true,
      kind: 'receipt',
      form: 'pdf',
      claims: { entry: id },
    });
    // Everywhere, and every second byte of the end, where the seal and what points to everything stands.
    const places = [
      ...Array.from({ length: 120 }, (_, n) => Math.floor((n * pdf.length) / 120)),
      ...Array.from({ length: 450 }, (_, n) => pdf.length - 1 - 2 * n),
    ];
    for (const place of places) {
      const changed = Buffer.from(pdf);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect([place, (await check(changed)).genuine]).toEqual([place, false]);
    }
    expect(await check(Buffer.concat([pdf, Buffer.from('\n')]))).toMatchObject({ genuine: false });
    expect(await check(Buffer.concat([pdf, pdf]))).toMatchObject({ fault: 'content_changed' });
    expect(await check(pdf.subarray(0, -700))).toMatchObject({ genuine: false });
  });

  test('counts like a change: it takes longer to make than to ask for', async () => {
    const { id, token } = await join(api);
    const limitOf = async (path: string) =>
      Number((await api.call('GET', path, { token })).headers.get('ratelimit-limit'));
    const text = await limitOf(`/entries/${id}/receipt`);
    expect(await limitOf(`/entries/${id}/receipt.pdf`)).toBe(text / 10);
  });

  test('an agent prints it for a person without a printer, other entries do not', async () => {
    const { contact: _none, ...desk } = joinRequest();
    const agent = await api.keyOf('agent');
    const { body } = await api.call('POST', '/desk-entries', { token: agent, json: desk });
    const [{ id }] = body.results;
    expect(await check(await paperOf(id, agent))).toMatchObject({ claims: { entry: id } });
    const other = await join(api);
    const refused = await api.call('GET', `/entries/${id}/receipt.pdf`, { token: other.token });
    expect([refused.status, refused.body.code]).toEqual([401, 'credentials_rejected']);
    const unknown = await api.call('GET', '/entries/nobody/receipt.pdf', { token: agent });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'entry_not_found']);
  });
});
