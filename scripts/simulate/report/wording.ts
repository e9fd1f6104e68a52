import type { Language } from '../../../src/base/languages.ts';
import type { Estimate } from '../../../src/simulator/results.ts';
import type { Policy } from '../../../src/simulator/scenario.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
import type { Given, TextKey } from '../../../src/texts/message.ts';
import { numberSigns } from '../../../src/texts/numbers.ts';
import type { Source } from '../../../src/texts/translation.ts';

/** Words of the report, to be written in one of its languages. */
export type Text = (language: Language) => string;
export type Unit = 'share' | 'number';

type ReportTexts = Source['report'];

/** A text of the report, with the same arguments in every language. */
export function say<Key extends TextKey<ReportTexts>>(
  key: Key,
  ...given: Given<ReportTexts[Key]>
): Text {
  return (language) => textsOf('report', language)(key, ...given);
}

/** Text that reads the same in every language. */
export function same(text: string): Text {
  return () => text;
}

export const nothing = same('');

/** Sentences after each other; an empty one is left out. */
export function sentences(...texts: readonly Text[]): Text {
  return (language) => {
    const said = texts.map((text) => text(language)).filter((text) => text !== '');
    return said.join(' ');
  };
}

/** A text as it is set: where marks are spaced, as in French, they stay on the line of their word. */
export function typeset(text: Text, language: Language): string {
  const isSpaced = textsOf('report', language)('marks') === 'spaced';
  return isSpaced ? text(language).replaceAll(/ (?=[:;?!%÷»])|(?<=«) /g, '\u00a0') : text(language);
}

/** The name of a request type, or of all together. */
export function typeName(requestType: string, language: Language): string {
  return requestType === 'total' ? textsOf('report', language)('types.all') : requestType;
}

export const policyNames: Readonly<Record<Policy, Text>> = {
  race: say('policy.race'),
  fifo: say('policy.fifo'),
  lottery: say('policy.lottery'),
  'lottery+ageing': say('policy.lottery+ageing'),
};

/** 0.975 quantiles of Student's t for 1 to 30 degrees of freedom. */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
];

/** Half the width of the 95 % interval of a mean over replications; null for a single one. */
export function margin({ se }: Estimate, replications: number): number | null {
  if (se === null) return null;
  return (
    se * (replications > 30 ? 1.96 + 2.5 / replications : (quantiles[replications - 2] ?? 1.96))
  );
}

/** A number as people write it in a language: three significant digits, or whole above 100. */
export function written(
  value: number,
  unit: Unit,
  language: Language,
  decimals = decimalsOf(value, unit),
): string {
  const number = plain(value, unit, language, decimals);
  return unit === 'number' ? number : textsOf('report', language)('percent', { number });
}

/** The same without a sign of percent. */
function plain(value: number, unit: Unit, language: Language, decimals: number): string {
  const shown = unit === 'share' ? 100 * value : value;
  const fixed = shown.toFixed(decimals).replace(/^-(0(?:\.0+)?)$/, '$1');
  const [whole = '', fraction] = fixed.replace('-', '−').split('.');
  const { group, decimal } = numberSigns(language);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

function decimalsOf(value: number, unit: Unit): number {
  if (unit === 'share') return decimalsOfShare(Math.abs(value));
  return Number.isInteger(value) ? 0 : decimalsOfSize(Math.abs(value));
}

/** One for a percentage, and for a tiny one as many as show two digits of it. */
function decimalsOfShare(share: number): number {
  if (share >= 0.001 || share < 1e-9) return 1;
  return 1 - Math.floor(Math.log10(100 * share));
}

function decimalsOfSize(size: number): number {
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}

/** `12.3 ± 0.4` with the 95 % interval, or a dash where the figure is undefined. */
export function writtenEstimate(
  estimate: Estimate | null | undefined,
  unit: Unit,
  language: Language,
  replications: number,
): string {
  if (!estimate) return '—';
  const half = margin(estimate, replications);
  // Equal in every replication, but for what rounding left.
  if (half === null || half <= 1e-12 * Math.abs(estimate.mean)) {
    return written(estimate.mean, unit, language);
  }
  // Both with as many decimals: one more in the margin would promise what the mean does not give.
  const size = Math.abs(estimate.mean);
  const decimals = unit === 'share' ? decimalsOfShare(Math.max(size, half)) : decimalsOfSize(size);
  const mean = plain(estimate.mean, unit, language, decimals);
  const least = 10 ** -decimals / (unit === 'share' ? 100 : 1);
  const bound = half < least / 2 ? `<\u00a0${written(least, unit, language, decimals)}` : undefined;
  const shown = bound ?? written(half, unit, language, decimals);
  return `${mean}\u00a0±\u00a0${shown}`;
}

/** A clause for each policy, joined. */
export function list(clauses: readonly string[], language: Language): string {
  const text = textsOf('report', language);
  return clauses.reduce((first, next) => text('list', { first, next }));
}
