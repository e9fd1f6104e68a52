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
import { margin } from './wording.ts';

const title = { fr: 'Payer sert-il à quelque chose ?', en: 'Does paying help?' };
const axis = {
  fr: 'avantage de qui paie (points de %)',
  en: 'advantage of those who pay (points of %)',
};
const caption = {
  fr: 'Part des clients du revendeur servis au plus tard au tirage suivant, moins la même part chez les autres, dans chaque démarche : zéro, payer ne sert à rien. Un point d’écart environ peut venir de ce que tous les tirages sont comptés ensemble. Trait : intervalle à 95 % sur les répétitions. Pas de chiffre d’ensemble : il mêlerait des démarches aux chances très différentes.',
  en: 'Share of the scalper’s clients served by the next draw, less the same share of the others, in each request type: at zero, paying gains nothing. About a point of difference can come from counting all draws together. Bar: 95% interval over replications. No overall figure: it would mix request types of very different odds.',
};
const figures = [
  { name: 'buyerChance', title: { fr: 'qui paie', en: 'those who pay' } },
  { name: 'nonBuyerChance', title: { fr: 'les autres', en: 'the others' } },
  { name: 'buyerAdvantage', title: { fr: 'avantage', en: 'advantage' } },
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
        title: title[language],
        language,
        facets: types.filter((type) => points.some(({ facet }) => facet === type)),
        lines: policyLines(output, language),
        xLabel: axis[language],
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
