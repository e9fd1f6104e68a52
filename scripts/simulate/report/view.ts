import type { Language } from '../../../src/base/languages.ts';
import type {
  Estimate,
  FigureName,
  Output,
  Result,
  Series,
} from '../../../src/simulator/results.ts';
import { total } from '../../../src/simulator/results.ts';
import { type Policy, policies } from '../../../src/simulator/scenario.ts';
import type { Line, Look, Point } from './chart.ts';
import {
  margin,
  nothing,
  policyNames,
  same,
  say,
  type Text,
  typeName,
  type Unit,
} from './wording.ts';

/** What a report is made from. */
export interface ReportInput {
  readonly output: Output;
  readonly series: Series;
  /** The name of the preset, if the scenario is one. */
  readonly preset?: string;
}

export type Cell = number | string | null;

/** A figure of the report: a plot in each language, and its numbers as a table and a file. */
export interface ReportFigure {
  readonly id: string;
  readonly title: Text;
  readonly caption: Text;
  readonly lines: (language: Language) => Line[];
  /** Undefined: nothing to draw, and the caption says why. */
  readonly plot: (language: Language) => string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  /** In the file. */
  readonly name: string;
  readonly title: Text;
  readonly unit?: Unit;
  /** What a person reads instead of the word in the file. */
  readonly words?: (word: string) => Text;
}

const looks: Readonly<Record<Policy, Look>> = {
  race: { color: '#b34700', symbol: 'square', dash: '2 3' },
  fifo: { color: '#595959', symbol: 'triangle', dash: '9 3 2 3' },
  lottery: { color: '#0063a6', symbol: 'circle', dash: '8 4' },
  'lottery+ageing': { color: '#7a0f5c', symbol: 'diamond', dash: '' },
};
export const measuredLook: Look = { color: '#161616', symbol: 'times', dash: '' };

/** The policies of a scenario as they are drawn. */
export function policyLines({ scenario }: Output, language: Language): Line[] {
  return scenario.policies.map((policy) => {
    return { key: policy, name: policyNames[policy](language), look: looks[policy] };
  });
}

const mostDrawn = 6;

/** The request types that are drawn: all, or the busiest ones and the total. */
export function drawnTypes({ scenario, results }: Output): string[] {
  const types = Object.keys(scenario.requestTypes);
  if (types.length === 1) return types;
  if (types.length < mostDrawn) return [...types, total];
  const seen = new Map<string, number>();
  for (const { requestType, figures } of results) seen.set(requestType, figures.seen?.mean ?? 0);
  const busiest = [...types].sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0));
  const kept = new Set(busiest.slice(0, mostDrawn - 1));
  return [...types.filter((type) => kept.has(type)), total];
}

/** Said where not every request type is drawn. */
export function drawnNote(output: Output): Text {
  if (Object.keys(output.scenario.requestTypes).length < mostDrawn) return nothing;
  return say('figure.drawn', { types: mostDrawn - 1 });
}

/** The type whose figures stand for everything: the only one, or the total. */
export function wholeType({ scenario }: Output): string {
  const types = Object.keys(scenario.requestTypes);
  return types.length === 1 ? (types[0] ?? total) : total;
}

/** The estimate of a figure; null where it is undefined. */
export function find(
  results: readonly Result[],
  policy: Policy,
  requestType: string,
  figure: FigureName,
): Estimate | null {
  const result = results.find((one) => one.policy === policy && one.requestType === requestType);
  return result?.figures[figure] ?? null;
}

/** A mark with its interval, kept within what a share can be. */
export function pointOf(
  facet: string,
  key: string,
  estimate: Estimate,
  replications: number,
  unit: Unit,
): Point {
  const half = margin(estimate, replications) ?? 0;
  const { mean } = estimate;
  const [low, high] = [mean - half, mean + half];
  if (unit === 'number') return { facet, key, mean, low, high };
  return { facet, key, mean, low: Math.max(0, low), high: Math.min(1, high) };
}

export const policyColumn: Column = {
  name: 'policy',
  title: say('column.policy'),
  words: (word) => {
    const policy = policies.find((one) => one === word);
    return policy ? policyNames[policy] : same(word);
  },
};
export const typeColumn: Column = {
  name: 'requestType',
  title: say('column.requestType'),
  words: (word) => (language) => typeName(word, language),
};

/** The two columns of an estimate. */
export function estimateColumns(name: string, title: Text, unit: Unit): Column[] {
  return [
    { name, title, unit },
    {
      name: `${name}Se`,
      title: say('column.standardError'),
      unit,
    },
  ];
}
