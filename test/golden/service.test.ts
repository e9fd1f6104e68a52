import { describe, expect, test } from 'vitest';
import { prefecture, useApi } from '../api/harness.ts';
import { readPdf } from '../support/pdf.ts';
import { openAlbum, plainPage, written } from './album.ts';
import { addressOf, answered, askAll, callersOf, documented } from './api-callers.ts';
import { changesOf } from './api-changes.ts';
import { answerPages, certificatesPages, refusedPages } from './more-pages.ts';
import { useStory } from './story.ts';
import { entryActions, entryStates, PageWriter, publicPages } from './story-pages.ts';
import { firstDraw, idOf, keyOf, secondDraw, voidDraw } from './world.ts';

const api = useApi();
const story = useStory(api);
/** A whole story and hundreds of requests, perhaps on a busy machine. */
const patient = { timeout: 60_000 };

const pages = openAlbum('pages');
const papers = openAlbum('papers');
const records = openAlbum('records');
const answers = openAlbum('api');

// Each test goes on where the one before has ended; what is left over is known at the end.
describe('one story', { shuffle: false }, () => {
  test('public pages and pages of entries are as they were, in every state', patient, async () => {
    const { world, cast } = await story();
    const writer = new PageWriter(world, pages);
    await entryStates(writer, cast);
    await publicPages(writer);
    await pages.compare();
  });

  test('what people do on the page of an entry is answered as it was', patient, async () => {
    const { world, cast } = await story();
    await entryActions(new PageWriter(world, pages), cast);
    await pages.compare();
  });

  test(
    'pages behind links, pages that check papers, refusals are as they were',
    patient,
    async () => {
      const { world, cast } = await story();
      const writer = new PageWriter(world, pages);
      await answerPages(writer, cast);
      await certificatesPages(writer, cast);
      await refusedPages(writer);
      const verify = await world.page('/verify');
      pages.add('verify', 'the page that checks draws', plainPage(written(verify)));
      const { text } = await world.page(`/p/${prefecture}`);
      pages.add('style', 'the style of every page', /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '');
      await pages.compare();
    },
  );

  test('every golden page is of a page that there is', () => {
    expect(pages.leftOver()).toEqual([]);
  });

  /** A paper as another program reads it, a sentence a line. */
  async function printed(bytes: Uint8Array): Promise<string> {
    const { text, title, lang, pages, tags, alternatives, codes } = await readPdf(bytes);
    const about = { title, lang, pages, tags, alternatives, codes };
    return `${JSON.stringify(about, null, 1)}\n\n${text.replaceAll(/(?<=[.:;?]) /g, '\n')}`;
  }

  test('receipts, certificates and letters say on paper what they said', patient, async () => {
    const { world, cast } = await story();
    const read = async (path: string, token: string) => {
      const answer = await api.call('GET', path, { token });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer.bytes;
    };
    const personal: [string, string, string, string][] = [
      ['receipt', 'of who waits', cast.lost, 'receipt.pdf'],
      ['receipt', 'of who says when', idOf('person04'), 'receipt.pdf'],
      ['receipt', 'of who has left', idOf('left'), 'receipt.pdf'],
      ['certificate', 'of both draws', cast.lost, 'certificate.pdf'],
      [
        'certificate',
        'of one draw, with the name',
        cast.lost,
        `certificate.pdf?draw=${firstDraw}&name=true`,
      ],
      ['certificate', 'of the void draw and another', idOf('first2'), 'certificate.pdf?name=true'],
    ];
    for (const [file, title, id, path] of personal) {
      const bytes = await read(`/entries/${id}/${path}`, world.tokenOf(id));
      papers.add(file, title, await printed(bytes));
    }
    const { batches } = (await api.call('GET', '/letter-batches', { token: keyOf('agent') })).body;
    for (const { day, letters } of batches) {
      const bytes = await read(`/letter-batches/${day}`, keyOf('agent'));
      papers.add('letters', `${day}, ${letters} letters`, await printed(bytes));
    }
    await papers.compare();
    expect(papers.leftOver()).toEqual([]);
  });

  test(
    'records, leaves of the register and messages of a whole story are what they were',
    patient,
    async () => {
      const { world } = await story();
      for (const draw of [voidDraw, firstDraw, secondDraw]) {
        for (const part of ['record', 'record?part=result', 'manifest']) {
          const answer = await api.call('GET', `/draws/${draw}/${part}`);
          records.add(draw, part, written(answer));
        }
      }
      const leaves = await api.store.register.leaves(prefecture, 0, 1000);
      records.add('register', 'leaves', leaves.join('\n'));
      const sent = world.sent.map(({ id, kind, to, rendered }) => {
        const { name: _name, ...reach } = to;
        return `${id} ${kind} → ${JSON.stringify(reach)}\nSubject: ${rendered.subject}\n\n${rendered.text}`;
      });
      for (const message of sent.sort()) {
        const [title = '', ...text] = message.split('\n');
        records.add('sent', title, text.join('\n'));
      }
      await records.compare();
      expect(records.leftOver()).toEqual([]);
    },
  );

  const operations = documented();

  /** Not the same twice: measured times, work to be done. And the document, which is committed. */
  const unsteady = ['metrics', 'openApi', 'docs', 'readChallenge'];

  const without = (callers: Readonly<Record<string, string>>, ...names: string[]) =>
    Object.fromEntries(Object.entries(callers).filter(([name]) => !names.includes(name)));

  test('whatever can be read is answered to everybody as it was', patient, async () => {
    const { world, cast } = await story();
    const callers = callersOf(world, cast);
    const gets = operations.filter(({ method, id }) => method === 'GET' && !unsteady.includes(id));
    // What is read is noted in the audit log: that one comes first.
    const isAudit = ({ id }: { id: string }) => (id.includes('Audit') ? 0 : 1);
    for (const operation of gets.toSorted((a, b) => isAudit(a) - isAudit(b))) {
      const address = addressOf(operation, cast);
      const ask = { method: 'GET', address };
      // Papers take long, and have golden files of their own: here it is who gets one that counts.
      const all = operation.isPaper ? without(callers, 'admin', 'supervisor') : callers;
      const said = await askAll(api, all, ask, (answer) => answered(answer, operation));
      for (const [names, text] of said) answers.add(`get-${operation.id}`, names, text);
    }
    await answers.compare();
  });

  test(
    'who may not change something, or says it wrongly, is refused as before',
    patient,
    async () => {
      const { world, cast } = await story();
      const { nobody, person, auditor, admin } = callersOf(world, cast);
      const json = { wrong: true };
      for (const operation of operations.filter(({ method }) => method !== 'GET')) {
        const { id, method, hasBody } = operation;
        const address = addressOf(operation, cast);
        const strangers = { nobody: nobody ?? '', auditor: auditor ?? '' };
        const callers = hasBody
          ? { ...strangers, person: person ?? '', admin: admin ?? '' }
          : strangers;
        const ask = { method, address, ...(hasBody ? { json } : {}) };
        for (const [names, text] of await askAll(api, callers, ask, (answer) => answered(answer))) {
          answers.add('refusals', `${id}: ${names}`, text);
        }
      }
      await answers.compare();
    },
  );

  test('what is changed is answered as it was, and so is what cannot be', patient, async () => {
    const { world, cast } = await story();
    for (const { title, method, path, token, json, isMade = false } of changesOf(world, cast)) {
      const options = { ...(token ? { token } : {}), ...(json === undefined ? {} : { json }) };
      const address = `/v1/prefectures/${prefecture}${path}`;
      const answer = await api.send(method, address, options);
      api.forget();
      answers.add('changes', title, answered(answer, { isMade }));
    }
    await answers.compare();
  });

  test('every golden answer is of an operation that there is', () => {
    expect(answers.leftOver()).toEqual([]);
  });
});
