import { intervalChart } from './chart.ts';
import { survival, survivalAt } from './curves.ts';
import {
  drawnNote,
  drawnTypes,
  find,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  typeColumn,
  wholeType,
} from './view.ts';
import { say, sentences, typeName } from './wording.ts';

const title = say('tail.title');

/** Share still without an appointment after many draws, by policy. */
export function tailFigure(input: ReportInput): ReportFigure {
  const { output, series } = input;
  const many = manyDraws(input);
  const values = series.results.map((one) => {
    return { ...one, step: survivalAt(survival(one), many) };
  });
  const types = drawnTypes(output);
  const note = drawnNote(output);
  const axis = say('tail.axis', { many });
  return {
    id: 'tail',
    title,
    caption: sentences(say('tail.caption', { many }), note),
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const points = values.flatMap(({ policy, requestType, step }) => {
        if (!step || !types.includes(requestType)) return [];
        const { share, low, high } = step;
        return [{ facet: typeName(requestType, language), key: policy, mean: share, low, high }];
      });
      if (points.length === 0) return undefined;
      return intervalChart({
        title: title(language),
        language,
        facets: types.map((type) => typeName(type, language)),
        lines: policyLines(output, language),
        xLabel: axis(language),
        xUnit: 'share',
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      { name: 'draws', title: say('column.draws'), unit: 'number' },
      { name: 'waitingLonger', title: axis, unit: 'share' },
      { name: 'low', title: say('column.from'), unit: 'share' },
      { name: 'high', title: say('column.to'), unit: 'share' },
    ],
    rows: values.map(({ policy, requestType, step }) => [
      policy,
      requestType,
      many,
      step?.share ?? null,
      step?.low ?? null,
      step?.high ?? null,
    ]),
  };
}

/** How many draws count as many: the largest P90 of all policies, within what was observed. */
export function manyDraws({ output, series }: ReportInput): number {
  const type = wholeType(output);
  const slowest = output.scenario.policies.map((policy) => {
    return find(output.results, policy, type, 'waitP90')?.mean ?? 1;
  });
  const observed = series.results
    .filter(({ requestType }) => requestType === type)
    .map((one) => survival(one).at(-1)?.draw ?? 1);
  return Math.max(1, Math.min(Math.round(Math.max(1, ...slowest)), Math.max(1, ...observed)));
}
