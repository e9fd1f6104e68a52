import { answerUrl } from '#src/identity/links/answer.ts';
import { exchange, hourMs, prefecture } from '../api/harness.ts';
import { plainPage, written } from './album.ts';
import type { Cast } from './story.ts';
import type { PageWriter } from './story-pages.ts';
import { secondDraw } from './world.ts';

/** The page behind a one-click link, in each outcome. It is in both languages. */
export async function answerPages(pages: PageWriter, cast: Cast): Promise<void> {
  const { api } = pages.world;
  const linkOf = (id: string, action: 'accept' | 'decline', expiresInMs = hourMs) => {
    const claim = { prefecture, offer: `${secondDraw}.${id}`, action };
    const expiresAtMs = api.time.nowMs + expiresInMs;
    return answerUrl('', claim, api.tokens.signAnswer({ ...claim, expiresAtMs }));
  };
  const write = (title: string, path: string, sent?: Record<string, string>) =>
    pages.one('answer', title, path, sent);
  const [accept, decline] = [linkOf(cast.offered, 'accept'), linkOf(cast.offered, 'decline')];
  await write('asks before accepting', accept);
  await write('asks before declining', decline);
  await write('a link that has expired', linkOf(cast.offered, 'accept', -1));
  await write('a signature of another answer', accept.replace('action=accept', 'action=decline'));
  await write('a link to nothing', linkOf(cast.lost, 'accept'));
  await write('accepted', accept, {});
  await write('declined after that', decline, {});
  await write('seen after that', decline);
  await write('of an appointment', linkOf(cast.booked, 'accept'));
  await write('an unknown prefecture', accept.replace(`/${prefecture}/`, '/99/'));
}

/** The page that checks papers: empty, what is genuine, what is not, also handed in as a file. */
export async function certificatesPages(pages: PageWriter, cast: Cast): Promise<void> {
  const { world, album } = pages;
  const { api } = world;
  const paperOf = (id: string, path: string) =>
    api.call('GET', `/entries/${id}/${path}`, { token: world.tokenOf(id) });
  const certificate = (await paperOf(cast.lost, 'certificate')).text;
  const receipt = (await paperOf(cast.booked, 'receipt')).text;
  const { bytes } = await paperOf(cast.lost, 'certificate.pdf');
  for (const lang of ['fr', 'en']) {
    const show = (title: string, query: string) =>
      pages.one(`certificates.${lang}`, title, `/certificates?lang=${lang}${query}`);
    await show('empty', '');
    await show('a certificate', `&jws=${certificate}`);
    await show('a receipt', `&jws=${receipt}`);
    await show('a certificate with another signature', `&jws=${certificate.slice(0, -9)}AAAAAAAAA`);
    await show('some words', '&jws=words');
    for (const [title, file] of [
      ['a paper handed in', bytes],
      ['a paper that was changed', Buffer.concat([bytes, Buffer.from('\n')])],
    ] as const) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'a.pdf');
      const sent = new Response(form);
      const url = `${api.origin()}/certificates?lang=${lang}`;
      const type = { 'content-type': sent.headers.get('content-type') ?? '' };
      const answer = await exchange(url, 'POST', Buffer.from(await sent.arrayBuffer()), type);
      album.add(`certificates.${lang}`, title, plainPage(written(answer)));
    }
  }
}

/** What people see who ask for what there is not. Both languages on one page. */
export async function refusedPages(pages: PageWriter): Promise<void> {
  const { world, album } = pages;
  await pages.one('refused', 'an unknown prefecture', '/p/99');
  await pages.one('refused', 'an entry of an unknown prefecture', '/p/99/entries/x');
  await pages.one('refused', 'an id that is none', `/p/${prefecture}/entries/a%20b`);
  await pages.one('refused', 'a page to join of an unknown prefecture', '/p/99/join');
  await pages.one('refused', 'a page that there is not', `/p/${prefecture}/nothing`);
  await pages.one('refused', 'something else than a paper', '/certificates', { file: 'x' });
  const method = await world.api.send('DELETE', `/p/${prefecture}`);
  album.add('refused', 'a method that there is not', written(method));
}
