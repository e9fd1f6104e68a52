import { expect, test } from 'vitest';
import { createPaper } from '#src/papers/paper.ts';
import { readPdf } from '../support/pdf.ts';

async function read(text: string): Promise<string> {
  const paper = createPaper({ title: '1', atMs: 0, foot: '1' });
  paper.section('fr', (section) => section.paragraph(text));
  return (await readPdf(await paper.end())).text;
}

test('a letter is read as itself, also where an earlier paper had it with a mark only', async () => {
  await read('ŞĢĶŖŴ');
  expect(await read('SGKRW')).toContain('SGKRW');
});
