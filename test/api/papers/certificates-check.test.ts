import { describe, expect, test } from 'vitest';
import { checkPaper } from '#src/papers/check-paper.ts';
import { CERTIFICATE_TYPE } from '#src/papers/claims.ts';
import { readPdf } from '../../support/pdf.ts';
import { exchange, join, prefecture, useApi } from '../harness.ts';
import { type Person, useMissedDraws } from '../participation/missed-draws.ts';

const api = useApi();
const { draw, sorted, read, claimsOf } = useMissedDraws(api);

describe('the page of an entry', () => {
  test('gives the person both papers, with the name if the box is ticked', async () => {
    const people = [await join(api), await join(api)];
    const post = ({ id, token }: Person, fields: Record<string, string>) =>
      exchange(
        `${api.origin()}/p/${prefecture}/entries/${id}`,
        'POST',
        new URLSearchParams({ token, ...fields }).toString(),
        { 'content-type': 'application/x-www-form-urlencoded' },
      );
    const [early] = people;
    if (!early) throw new Error('two people');
    const nothing = await post(early, { action: 'certificate_paper' });
    expect([nothing.status, nothing.text]).toEqual([
      404,
      expect.stringContaining('rien à attester'),
    ]);
    const id = await draw();
    const [person] = (await sorted(people, id)).missed;
    if (!person) throw new Error('one place for two');
    const shown = await post(person, { action: 'show' });
    expect(shown.text).toContain('Vous avez participé à un tirage sans');
    expect(shown.text).toContain('name="named"');
    const check = async (fields: Record<string, string>) => {
      const { bytes, headers } = await post(person, fields);
      expect(headers.get('content-type')).toBe('application/pdf');
      const { text } = await readPdf(bytes);
      return { verdict: await checkPaper(bytes, api.deps().signer.keys), text };
    };
    const receipt = await check({ action: 'receipt_paper' });
    expect(receipt.verdict).toMatchObject({ genuine: true, kind: 'receipt' });
    const plain = await check({ action: 'certificate_paper' });
    expect(plain.verdict).toMatchObject({ genuine: true, kind: 'certificate' });
    expect(plain.text).not.toContain('Ada Exemple');
    const named = await check({ action: 'certificate_paper', named: 'true' });
    expect(named.text).toContain('Ada Exemple');
    const wrong = await post({ ...person, token: 'x' }, { action: 'certificate_paper' });
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([
      403,
      'text/html; charset=utf-8',
    ]);
  });
});

describe('anyone can check', () => {
  const verify = (raw: string | Buffer, type: string) =>
    api.send('POST', '/v1/certificates/verify', { raw, type });
  const page = (method: string, path: string, body?: Buffer, type?: string) =>
    exchange(`${api.origin()}${path}`, method, body, type ? { 'content-type': type } : {});

  /** A certificate of one draw, as text and on paper. */
  const certified = async () => {
    const people = [await join(api), await join(api)];
    const id = await draw();
    const [person] = (await sorted(people, id)).missed;
    if (!person) throw new Error('one place for two');
    const { text: jws } = await read(person, 'certificate');
    return { id, jws, person, pdf: (await read(person, 'certificate.pdf')).bytes };
  };

  test('a certificate as text, as address and as PDF, and what became of its draw', async () => {
    const { id, jws, person, pdf } = await certified();
    const certificate = { entry: person.id, draws: [{ draw: id }] };
    for (const [raw, type, form] of [
      [jws, 'application/jwt', 'jws'],
      [`https://rdv.example.org/certificates?jws=${jws}`, 'text/plain', 'jws'],
      [pdf, 'application/pdf', 'pdf'],
    ] as const) {
      const { status, body, headers } = await verify(raw, type);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({
        genuine: true,
        fault: null,
        kind: 'certificate',
        form,
        keyId: 'k1',
      });
      expect(body).toMatchObject({ certificate, attempts: { draws: 1, weeks: 1 } });
      expect(body.draws).toEqual([{ draw: id, state: 'published', asStated: true }]);
    }
    const supervisor = await api.keyOf('supervisor');
    const json = { reason: 'a slot list of last year' };
    await api.call('POST', `/draws/${id}/void`, { token: supervisor, json });
    const { body } = await verify(jws, 'application/jwt');
    expect(body).toMatchObject({ genuine: true, attempts: { draws: 0, weeks: 0 } });
    expect(body.draws).toEqual([{ draw: id, state: 'void', asStated: true }]);
  });

  test('a changed one is told what is wrong with it', async () => {
    const { jws, pdf } = await certified();
    const changed = Buffer.from(pdf);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    const of = async (raw: string | Buffer, type: string) => (await verify(raw, type)).body;
    expect(await of(changed, 'application/pdf')).toMatchObject({ fault: 'content_changed' });
    // Not the last byte, which is 0 in one signature of sixteen.
    const other = jws.at(-10) === 'A' ? 'B' : 'A';
    const forgedText = `${jws.slice(0, -10)}${other}${jws.slice(-9)}`;
    expect(await of(forgedText, 'text/plain')).toMatchObject({ fault: 'signature_wrong' });
    expect(await of('bonjour', 'text/plain')).toMatchObject({
      genuine: false,
      fault: 'form_unknown',
    });
    const claims = await claimsOf(jws);
    claims.draws[0].manifestHash = '0'.repeat(64);
    const forged = api.deps().signer.signJws(CERTIFICATE_TYPE, claims);
    expect(await of(forged, 'text/plain')).toMatchObject({ genuine: false, fault: 'draw_differs' });
  });

  test('bodies are bounded, and of the types that are documented', async () => {
    const tooLarge = await verify(Buffer.alloc(1_000_001, 'x'), 'application/pdf');
    expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 'body_too_large']);
    const json = await verify('{}', 'application/json');
    expect([json.status, json.body.code]).toEqual([415, 'media_type_unsupported']);
  });

  test('on a page without script: from the code, from a file, from pasted text', async () => {
    const { jws, pdf, person } = await certified();
    const empty = await page('GET', '/certificates');
    expect(empty.text).toContain('Vérifier une attestation');
    expect(empty.text).not.toContain('<script');
    expect(empty.headers.get('content-security-policy')).toContain("default-src 'none'");
    const fromCode = await page('GET', `/certificates?jws=${jws}`);
    expect(fromCode.text).toContain('Authentique.');
    expect(fromCode.text).toContain(person.id);
    expect(fromCode.text).toContain('plus faible');
    expect(fromCode.text).toContain(`href="/certificates?lang=en&amp;jws=${jws}"`);
    const send = async (name: string, value: string | Blob, lang = '') => {
      const form = new FormData();
      form.set(name, value, ...(typeof value === 'string' ? [] : ['attestation.pdf']));
      const sent = new Response(form);
      const type = sent.headers.get('content-type') ?? '';
      return page('POST', `/certificates${lang}`, Buffer.from(await sent.arrayBuffer()), type);
    };
    expect((await send('file', new Blob([new Uint8Array(pdf)]))).text).toContain('Authentique.');
    expect((await send('text', jws, '?lang=en')).text).toContain('Genuine.');
    expect((await send('text', jws.replace('.', '.e'))).text).toContain('Non authentique.');
    const torn = await page('POST', '/certificates', Buffer.from('x'), 'multipart/form-data');
    expect([torn.status, torn.text]).toEqual([400, expect.stringContaining('Demande impossible')]);
    expect(api.logged.join()).not.toContain(jws.slice(-40));
  });
});
