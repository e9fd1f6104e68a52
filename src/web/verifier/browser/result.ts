import { both, make } from './elements.ts';
import type { Finding, Fingerprints } from './finding.ts';
import { SourceRefused } from './source.ts';
import { type Bilingual, countsOf, lineText, texts } from './texts.ts';

type Kind = 'verified' | 'differs' | 'malformed' | 'stopped';

/** What is found, as parts of the page. */
export function resultOf({ verdict, fingerprints }: Finding, name: string): HTMLElement {
  if (verdict.verdict !== 'verified') {
    const { line, reason } = verdict;
    return result(verdict.verdict, texts[verdict.verdict], [
      make('p', [make('code', [name])]),
      make('p', both(lineText(line))),
      // The verifier's own words, the same on every machine.
      make('p', [make('code', [reason], { lang: 'en' })]),
      make('p', both(texts[`${verdict.verdict}More`])),
    ]);
  }
  const { draw, prefecture, entropy, isVoid } = verdict;
  const facts = [
    fact({ fr: 'Tirage', en: 'Draw' }, make('code', [draw])),
    fact({ fr: 'Préfecture', en: 'Prefecture' }, make('code', [prefecture])),
    ...countsOf(verdict).map((item) => fact(item, item.count.toLocaleString('fr'))),
  ];
  return result('verified', texts.verified, [
    make('p', [make('code', [name])]),
    ...(isVoid ? [make('p', both(texts.void), { class: 'error' })] : []),
    make('p', both(texts.verifiedMore)),
    make('p', both(texts[entropy])),
    make('dl', facts.flat()),
    ...(fingerprints ? hashesOf(fingerprints) : []),
  ]);
}

/** What is shown when a check ends without a verdict. */
export function failureOf(error: unknown): HTMLElement {
  if (error instanceof DOMException && error.name === 'AbortError') {
    return result('stopped', texts.cancelled, [make('p', both(texts.cancelledMore))]);
  }
  const title = error instanceof SourceRefused ? texts.refused : texts.failed;
  const why = error instanceof Error ? error.message : String(error);
  return result('stopped', title, [make('p', [make('code', [why], { lang: 'en' })])]);
}

/** A message instead of a result. */
export function noticeOf(text: Bilingual): HTMLElement {
  return make('p', both(text));
}

function result(kind: Kind, title: Bilingual, content: readonly HTMLElement[]): HTMLElement {
  const heading = make('h2', both(title), { id: 'verdict', tabindex: '-1' });
  const attributes = { class: `result ${kind}`, 'data-verdict': kind };
  return make('div', [heading, ...content], attributes);
}

function hashesOf({ record, manifest, outcome }: Fingerprints): HTMLElement[] {
  const hashes = [
    fact({ fr: 'Manifeste', en: 'Manifest' }, make('code', [manifest])),
    fact({ fr: 'Résultat', en: 'Outcome' }, make('code', [outcome])),
    fact(
      { fr: 'Fichier décompressé (sha256sum)', en: 'Unpacked file (sha256sum)' },
      make('code', [record]),
    ),
  ];
  return [make('h3', both(texts.compare)), make('dl', hashes.flat())];
}

function fact(name: Bilingual, value: Node | string): HTMLElement[] {
  return [make('dt', both(name)), make('dd', [value])];
}
