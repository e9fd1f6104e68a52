import { textsOf } from '../../../src/texts/catalogues.ts';
import { curveChart } from './chart.ts';
import { lorenz, survival } from './curves.ts';
import {
  type Column,
  drawnNote,
  drawnTypes,
  estimateColumns,
  find,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  typeColumn,
} from './view.ts';
import { nothing, say, sentences, type Text, typeName } from './wording.ts';

const shareColumn = (name: string, title: Text): Column => ({ name, title, unit: 'share' });

/** Share still waiting after each draw, with censored cases. */
export function survivalFigure({ output, series }: ReportInput): ReportFigure {
  const curves = series.results.map((one) => ({ ...one, steps: survival(one) }));
  const types = drawnTypes(output);
  const note = drawnNote(output);
  const title = say('survival.title');
  const warm = output.scenario.warmup > 0;
  const caption = sentences(say('survival.caption'), warm ? say('survival.warm') : nothing);
  return {
    id: 'survival',
    title,
    caption: sentences(caption, note),
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const points = curves
        .filter(({ requestType }) => types.includes(requestType))
        .flatMap(({ policy, requestType, steps }) =>
          steps.map(({ draw, share, low, high }) => {
            const facet = typeName(requestType, language);
            return { facet, key: policy, x: draw, y: share, low, high };
          }),
        );
      if (points.length === 0) return undefined;
      return curveChart({
        title: title(language),
        language,
        facets: types.map((type) => typeName(type, language)),
        lines: policyLines(output, language),
        xLabel: textsOf('report', language)('survival.draws'),
        xUnit: 'number',
        yLabel: textsOf('report', language)('survival.share'),
        isStepped: true,
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      { name: 'draw', title: say('column.draws'), unit: 'number' },
      { name: 'atRisk', title: say('survival.atRisk'), unit: 'number' },
      shareColumn('share', say('survival.column')),
      shareColumn('low', say('column.from')),
      shareColumn('high', say('column.to')),
    ],
    rows: curves.flatMap(({ policy, requestType, steps }) =>
      steps.map(({ draw, atRisk, share, low, high }) => [
        policy,
        requestType,
        draw,
        atRisk,
        share,
        low,
        high,
      ]),
    ),
  };
}

/** How unequally waits are shared among those served. */
export function lorenzFigure({ output, series }: ReportInput): ReportFigure {
  const curves = series.results.map((one) => ({ ...one, points: lorenz(one.servedWaits) }));
  const types = drawnTypes(output);
  const note = drawnNote(output);
  const title = say('lorenz.title');
  const caption = say('lorenz.caption');
  return {
    id: 'lorenz',
    title,
    caption: sentences(caption, note),
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const points = curves
        .filter(({ requestType }) => types.includes(requestType))
        .flatMap(({ policy, requestType, points }) =>
          points.map(({ people, waiting }) => {
            const facet = typeName(requestType, language);
            return { facet, key: policy, x: people, y: waiting, low: waiting, high: waiting };
          }),
        );
      if (points.length === 0) return undefined;
      return curveChart({
        title: title(language),
        language,
        facets: types.map((type) => typeName(type, language)),
        lines: policyLines(output, language),
        xLabel: textsOf('report', language)('lorenz.people'),
        xUnit: 'share',
        yLabel: textsOf('report', language)('lorenz.waiting'),
        isStepped: false,
        hasDiagonal: true,
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...estimateColumns('waitGini', say('lorenz.gini'), 'number'),
      shareColumn('people', say('lorenz.peopleColumn')),
      shareColumn('waiting', say('lorenz.waitingColumn')),
    ],
    rows: curves.flatMap(({ policy, requestType, points }) => {
      const gini = find(output.results, policy, requestType, 'waitGini');
      const all = points.length > 0 ? points : [{ people: null, waiting: null }];
      return all.map(({ people, waiting }) => {
        return [policy, requestType, gini?.mean ?? null, gini?.se ?? null, people, waiting];
      });
    }),
  };
}
