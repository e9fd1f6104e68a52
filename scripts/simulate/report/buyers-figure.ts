import { intervalChart } from './chart.ts';
import {
  estimateColumns,
  find,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  typeColumn,
} from './view.ts';
import { margin, say } from './wording.ts';

const title = say('buyers.title');
const axis = say('buyers.axis');
const caption = say('buyers.caption');
const figures = [
  { name: 'buyerChance', title: say('buyers.paying') },
  { name: 'nonBuyerChance', title: say('buyers.others') },
  { name: 'buyerAdvantage', title: say('buyers.advantage') },
] as const;

/** Whether those whom the scalper serves fare better, in each request type attacked. */
export function buyersFigure({ output }: ReportInput): ReportFigure {
  const { policies, replications, scalpers } = output.scenario;
  const types = scalpers?.requestTypes ?? [];
  return {
    id: 'buyers',
    title,
    caption,
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const points = types.flatMap((type) =>
        policies.flatMap((policy) => {
          const estimate = find(output.results, policy, type, 'buyerAdvantage');
          if (!estimate) return [];
          const half = margin(estimate, replications) ?? 0;
          const { mean } = estimate;
          return [{ facet: type, key: policy, mean, low: mean - half, high: mean + half }];
        }),
      );
      if (points.length === 0) return undefined;
      return intervalChart({
        title: title(language),
        language,
        facets: types.filter((type) => points.some(({ facet }) => facet === type)),
        lines: policyLines(output, language),
        xLabel: axis(language),
        xUnit: 'share',
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...figures.flatMap(({ name, title }) => estimateColumns(name, title, 'share')),
    ],
    rows: policies.flatMap((policy) =>
      types.map((type) => [
        policy,
        type,
        ...figures.flatMap(({ name }) => {
          const estimate = find(output.results, policy, type, name);
          return [estimate?.mean ?? null, estimate?.se ?? null];
        }),
      ]),
    ),
  };
}
