import type { FigureName, Variant } from '../../../src/simulator/results.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
import { curveChart, intervalChart } from './chart.ts';
import {
  type Column,
  estimateColumns,
  find,
  pointOf,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  wholeType,
} from './view.ts';
import { same, say, type Text } from './wording.ts';

/** The five switches of a scalper, turned. */
export const switchNames: Readonly<Record<string, Text>> = {
  default: say('switch.default'),
  nameEditable: say('switch.nameEditable'),
  deskIdentityCheck: say('switch.deskIdentityCheck'),
  oneEntryPerIdentity: say('switch.oneEntryPerIdentity'),
  freedSlots: say('switch.freedSlots'),
  fakeIdentitiesFree: say('switch.fakeIdentitiesFree'),
};

/** Replications of a variant are fewer than those of the answer. */
const variantReplications = (replications: number) => Math.min(replications, 10);

/** One figure of the output with each of the scalpers' switches turned alone. */
export function switchFigure(
  { output, series }: ReportInput,
  wanted: { id: string; title: Text; caption: Text; axis: Text; figure: FigureName },
): ReportFigure {
  const { policies, replications } = output.scenario;
  const type = wholeType(output);
  const values = series.switches.flatMap(({ label, results }) =>
    policies.map((policy) => {
      return { label, policy, estimate: find(results, policy, type, wanted.figure) };
    }),
  );
  const variants: Column = {
    name: 'switch',
    title: say('switches.column'),
    words: (word) => switchNames[word] ?? same(word),
  };
  return {
    ...wanted,
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const facetOf = (label: string) => switchNames[label]?.(language) ?? label;
      const points = values.flatMap(({ label, policy, estimate }) => {
        if (!estimate) return [];
        const own = variantReplications(replications);
        return [pointOf(facetOf(label), policy, estimate, own, 'number')];
      });
      if (points.length === 0) return undefined;
      return intervalChart({
        title: wanted.title(language),
        language,
        facets: series.switches.map(({ label }) => facetOf(label)),
        lines: policyLines(output, language),
        xLabel: wanted.axis(language),
        xUnit: 'number',
        points,
      });
    },
    columns: [policyColumn, variants, ...estimateColumns(wanted.figure, wanted.axis, 'number')],
    rows: values.map(({ label, policy, estimate }) => {
      return [policy, label, estimate?.mean ?? null, estimate?.se ?? null];
    }),
  };
}

/** The chance per draw as demand grows. */
export function demandFigure({ output, series }: ReportInput): ReportFigure {
  const { policies, replications } = output.scenario;
  const type = wholeType(output);
  const values = series.demand.flatMap((variant: Variant) =>
    policies.map((policy) => {
      const estimate = find(variant.results, policy, type, 'chancePerDraw');
      return { factor: Number(variant.label), policy, estimate };
    }),
  );
  const title = say('demand.title');
  const axis = say('chance.axis');
  return {
    id: 'demand',
    title,
    caption: say('demand.caption', { replications: variantReplications(replications) }),
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const points = values.flatMap(({ factor, policy, estimate }) => {
        if (!estimate) return [];
        const own = variantReplications(replications);
        const { mean, low, high } = pointOf('', policy, estimate, own, 'share');
        return [{ facet: '', key: policy, x: factor, y: mean, low, high }];
      });
      if (points.length === 0) return undefined;
      return curveChart({
        title: title(language),
        language,
        facets: [''],
        lines: policyLines(output, language),
        xLabel: textsOf('report', language)('demand.factor'),
        xUnit: 'number',
        yLabel: axis(language),
        isStepped: false,
        points,
      });
    },
    columns: [
      policyColumn,
      { name: 'demand', title: say('demand.column'), unit: 'number' },
      ...estimateColumns('chancePerDraw', axis, 'share'),
    ],
    rows: values.map(({ factor, policy, estimate }) => {
      return [policy, factor, estimate?.mean ?? null, estimate?.se ?? null];
    }),
  };
}
