import { expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { inEveryLanguage } from '#src/domain/values.ts';
import { createCertificatePaper } from '#src/papers/certificate-paper.ts';
import { createBatchPaper } from '#src/papers/letter-paper.ts';
import { createReceiptPaper } from '#src/papers/receipt-paper.ts';
import { textsOf } from '#src/texts/catalogues.ts';
import { readPdf } from '../support/pdf.ts';
import { PSEUDO } from '../support/pseudo.ts';

const common = {
  prefecture: { fr: '92' },
  requestType: { fr: '1' },
  entry: '7',
  checkAddress: '1',
  keyId: '1',
  writeDate: () => '2026',
};
const accepts = {
  sites: ['1'],
  windows: [{ days: [1, 7], from: '09:00', until: '12:00' }],
  notBefore: '2026-12-03',
  notAfter: '2026-12-04',
};
const missed = {
  ...{ draw: '1', frozenAt: '2026-12-01T10:00:00Z', week: '2026-W49', rank: 12_345 },
  ...{ entries: 12_345, waiting: 1, places: 1, manifestHash: '0'.repeat(64) },
  ...({ strength: 'weaker', open: true, void: true } as const),
};

/** The words of the last section: papers have one for each language, in order. */
async function lastSection(
  paper: Promise<Buffer>,
  titleKey: 'receipt.title' | 'certificate.title',
) {
  const { text, tags } = await readPdf(await paper);
  const title = textsOf('papers', PSEUDO)(titleKey);
  const at = text.lastIndexOf(title.slice(0, 8));
  expect(at).toBeGreaterThan(-1);
  const feet = languages.flatMap((language) => {
    const foot = textsOf('papers', language);
    return [foot('receipt.foot'), foot('certificate.foot')];
  });
  const words = feet.reduce((rest, foot) => rest.replaceAll(foot, ''), text.slice(at));
  return { words, tags };
}

const plain = /[a-zàâçéèêëîïôûùü]/i;

test('a receipt has all its words in a language that is added', async () => {
  const made = { joinedAtMs: 0, codeAddress: '1', siteName: () => '1', atMs: 0, accepts };
  const { words, tags } = await lastSection(
    createReceiptPaper({
      names: ['1', '2'],
      ...common,
      ...made,
    }),
    'receipt.title',
  );
  expect(tags).toContain('Sect[ar-u-nu-latn]');
  expect(words).not.toMatch(plain);
});

test('a certificate has all its words in a language that is added', async () => {
  const draws = [missed, { ...missed, void: undefined }];
  const claims = { v: 1, prefecture: '92', entry: '7', requestType: '1', draws, iat: 0 } as const;
  const weakerNote = inEveryLanguage(() => '1');
  const codes = [{ address: '1', first: 1, last: 1 }];
  const { words } = await lastSection(
    createCertificatePaper({ ...common, name: '1', weakerNote, codes, claims: claims as never }), // void: undefined
    'certificate.title',
  );
  // A week is written as ISO 8601 has it.
  expect(words.replaceAll('-W49', '')).not.toMatch(plain);
});

test('a letter has all its words in a language that is added', async () => {
  const letter = { name: '名', address: ['1'], subject: '1', paragraphs: ['1'], link: '1' };
  const paper = createBatchPaper({
    ...{ prefecture: '92', day: '1', atMs: 0, writeDate: () => '1' },
    letters: [{ ...letter, entry: '7', language: PSEUDO }],
  });
  const { text } = await readPdf(await paper);
  expect(text).not.toMatch(plain);
  expect(text.length).toBeGreaterThan(100);
});
