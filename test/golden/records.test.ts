import { expect, test } from 'vitest';
import { prefecture, useApi } from '../api/harness.ts';
import { readPdf } from '../support/pdf.ts';
import { openAlbum, written } from './album.ts';
import { useStory } from './story.ts';
import { firstDraw, idOf, keyOf, secondDraw, voidDraw } from './world.ts';

const api = useApi();
const story = useStory(api);
const papers = openAlbum('papers');
const records = openAlbum('records');

/** A paper as another program reads it, a sentence a line. */
async function printed(bytes: Uint8Array): Promise<string> {
  const { text, title, lang, pages, tags, alternatives, codes } = await readPdf(bytes);
  const about = { title, lang, pages, tags, alternatives, codes };
  return `${JSON.stringify(about, null, 1)}\n\n${text.replaceAll(/(?<=[.:;?]) /g, '\n')}`;
}

test('receipts, certificates and letters say on paper what they said', async () => {
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

test('records, leaves of the register and messages of a whole story are what they were', async () => {
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
});
