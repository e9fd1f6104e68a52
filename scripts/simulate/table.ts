import {
  type Estimate,
  type FigureName,
  type Output,
  type Result,
  total,
} from '../../src/simulator/results.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { alignTable } from '../align-table.ts';
import type { PlanResult } from './run-plans.ts';

type Unit = 'share' | 'draws' | 'number';
type Row = readonly [label: string, figure: FigureName, unit: Unit];

const rows: readonly Row[] = [
  ['persons seen', 'seen', 'number'],
  ['served', 'servedShare', 'share'],
  ['left unserved', 'leftShare', 'share'],
  ['still waiting at the end', 'stillWaitingShare', 'share'],
  ['ever served, of those who ended', 'everServed', 'share'],
  ['chance per draw', 'chancePerDraw', 'share'],
  ['pool before a draw', 'poolBeforeDraw', 'number'],
  ['waits of those served: mean', 'waitMean', 'draws'],
  ['  median', 'waitP50', 'draws'],
  ['  90 % wait at most', 'waitP90', 'draws'],
  ['  99 % wait at most', 'waitP99', 'draws'],
  ['  inequality (Gini)', 'waitGini', 'number'],
  ['waits so far of those waiting', 'censoredWaitMean', 'draws'],
  ['places nobody took', 'unfilledShare', 'share'],
  ['places held, nobody came', 'wastedShare', 'share'],
];
const scalperRows: readonly Row[] = [
  ['places held by bots at release', 'botShareAtRelease', 'share'],
  ['  at the appointment', 'botShareAtAppointment', 'share'],
  ['places resold', 'resoldShare', 'share'],
  ['price of a resold place', 'resalePrice', 'number'],
  ['profit of the scalper a draw', 'profitPerDraw', 'number'],
];
// Beside one request type only: over several, buyers and the others are mixed in other proportions,
// and differ for that alone.
const buyerRows: readonly Row[] = [
  ['chance of buyers', 'buyerChance', 'share'],
  ['chance of the others', 'nonBuyerChance', 'share'],
];
const pollRows: readonly Row[] = [['polls that found no place', 'cimadeFailure', 'share']];

/** The figures for people, mean ± standard error, a block for each request type. */
export function toTable(results: readonly PlanResult[], seed: number): string {
  return results.map((result) => planText(result, seed)).join('\n');
}

function planText({ plan, outputs, national }: PlanResult, seed: number): string {
  const scenario = plan.places[0]?.scenario;
  if (!scenario) return '';
  const { draws, warmup, replications, drawEveryDays } = scenario;
  const setting = plan.setting.map(({ sweep, value }) => `${sweep.path}=${JSON.stringify(value)}`);
  const head = [
    [plan.name, ...setting].join(', '),
    `seed ${seed}; ${draws} draws, one every ${drawEveryDays} days, after ${warmup} not measured; ` +
      `means ± standard errors of ${replications} replications`,
  ];
  const blocks = plan.isPrefectures
    ? [block(scenario, 'all prefectures', national), prefectureLines(plan, outputs)]
    : blocksOf(outputs[0]);
  return `${[...head, ...blocks].join('\n').replaceAll(/[^\P{Cc}\n]/gu, ' ')}\n`;
}

function blocksOf(output: Output | undefined): string[] {
  if (!output) return [];
  const byType = Map.groupBy(output.results, ({ requestType }) => requestType);
  // One request type is its own total.
  const types = byType.size === 2 ? [...byType].slice(0, 1) : [...byType];
  return types.map(([name, results]) => block(output.scenario, name, results));
}

function block(scenario: Scenario, title: string, results: readonly Result[]): string {
  const isOneType = results.every(({ requestType }) => requestType !== total);
  const shown = [
    ...rows,
    ...(scenario.scalpers ? scalperRows : []),
    ...(scenario.scalpers && isOneType ? buyerRows : []),
    ...(scenario.polls ? pollRows : []),
  ];
  const lines = shown.map(([label, name, unit]) => [
    label,
    ...results.map(({ figures }) => written(figures[name], unit)),
  ]);
  return `\n${alignTable([[title, ...results.map(({ policy }) => policy)], ...lines])}`;
}

/** A line for each prefecture and policy. */
function prefectureLines(plan: PlanResult['plan'], outputs: readonly Output[]): string {
  const lines = outputs.flatMap(({ results }, index) =>
    results
      .filter(({ requestType }) => requestType === 'total')
      .map(({ policy, figures }) => [
        `${plan.places[index]?.prefecture} ${policy}`,
        written(figures.chancePerDraw, 'share'),
        written(figures.poolBeforeDraw, 'number'),
        written(figures.waitMean, 'draws'),
        written(figures.waitP90, 'draws'),
      ]),
  );
  const head = ['prefecture', 'chance per draw', 'pool', 'mean wait', '90 % wait at most'];
  return `\n${alignTable([head, ...lines])}`;
}

function written(figure: Estimate | null, unit: Unit): string {
  if (!figure) return '—';
  const number = (value: number) => {
    if (unit === 'share') return (100 * value).toFixed(2);
    return value.toFixed(Math.abs(value) >= 1000 ? 0 : 2);
  };
  const suffix = unit === 'share' ? ' %' : '';
  const error = figure.se === null ? '' : ` ± ${number(figure.se)}`;
  return `${number(figure.mean)}${error}${suffix}`;
}
