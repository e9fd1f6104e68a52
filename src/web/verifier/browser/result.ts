import type { Verdict } from '../../../allocator/record/verdict.ts';
import { TECHNICAL_LANGUAGE } from '../../../base/languages.ts';
import { inEachLanguage, make } from './elements.ts';
import type { Finding, Fingerprints } from './finding.ts';
import { SourceRefused } from './source.ts';
import { type Say, writeCount } from './texts.ts';

type Verified = Extract<Verdict, { verdict: 'verified' }>;
type Kind = 'verified' | 'differs' | 'malformed' | 'stopped';

/** What is counted in a verified record, in the order in which it is shown. */
const COUNTED = [
  'entries',
  'places',
  'winners',
  'refills',
  'events',
] as const satisfies readonly (keyof Verified)[];

type FactName = (typeof COUNTED)[number] | keyof Fingerprints | 'draw' | 'prefecture';

/** What is found, as parts of the page. */
export function resultOf({ verdict, fingerprints }: Finding, name: string): HTMLElement {
  if (verdict.verdict !== 'verified') {
    const { verdict: kind, line, reason } = verdict;
    return result(kind, (text) => text(kind), [
      make('p', [make('code', [name])]),
      saying((text) => text('at', { line })),
      // The verifier's own words, the same on every machine.
      make('p', [make('code', [reason], { lang: TECHNICAL_LANGUAGE })]),
      saying((text) => text(`${kind}.more`)),
    ]);
  }
  const { draw, prefecture, entropy, isVoid, future } = verdict;
  const facts = [
    fact('draw', make('code', [draw])),
    fact('prefecture', make('code', [prefecture])),
    ...COUNTED.map((name) => fact(name, writeCount(verdict[name]))),
  ];
  return result('verified', (text) => text('verified'), [
    make('p', [make('code', [name])]),
    ...(isVoid ? [saying((text) => text('void'), { class: 'error' })] : []),
    ...(future ? [saying((text) => text('future', future), { class: 'error' })] : []),
    saying((text) => text('verified.more')),
    saying((text) => text(entropy)),
    ...(entropy === 'drand' ? [saying((text) => text('backDated'))] : []),
    make('dl', facts.flat()),
    ...(fingerprints ? hashesOf(fingerprints) : []),
  ]);
}

/** What is shown when a check ends without a verdict. */
export function failureOf(error: unknown): HTMLElement {
  if (error instanceof DOMException && error.name === 'AbortError') {
    return result('stopped', (text) => text('cancelled'), [
      saying((text) => text('cancelled.more')),
    ]);
  }
  const title = error instanceof SourceRefused ? 'refused' : 'failed';
  const why = error instanceof Error ? error.message : String(error);
  return result('stopped', (text) => text(title), [
    make('p', [make('code', [why], { lang: TECHNICAL_LANGUAGE })]),
  ]);
}

/** A message instead of a result. */
export function noticeOf(say: Say): HTMLElement {
  return saying(say);
}

function saying(say: Say, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  return make('p', inEachLanguage(say), attributes);
}

function result(kind: Kind, title: Say, content: readonly HTMLElement[]): HTMLElement {
  const heading = make('h2', inEachLanguage(title), { id: 'verdict', tabindex: '-1' });
  const attributes = { class: `result ${kind}`, 'data-verdict': kind };
  return make('div', [heading, ...content], attributes);
}

function hashesOf({ record, manifest, outcome }: Fingerprints): HTMLElement[] {
  const hashes = [
    fact('manifest', make('code', [manifest])),
    ...(outcome === undefined ? [] : [fact('outcome', make('code', [outcome]))]),
    fact('record', make('code', [record])),
  ];
  const title = inEachLanguage((text) => text('compare'));
  return [make('h3', title), make('dl', hashes.flat())];
}

function fact(name: FactName, value: Node | string): HTMLElement[] {
  const term = inEachLanguage((text) => text(`fact.${name}`));
  return [make('dt', term), make('dd', [value])];
}
