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
import { typeName, write } from './wording.ts';

const shareColumn = (name: string, fr: string, en: string): Column => {
  return { name, title: { fr, en }, unit: 'share' };
};

/** Share still waiting after each draw, with censored cases. */
export function survivalFigure({ output, series }: ReportInput): ReportFigure {
  const curves = series.results.map((one) => ({ ...one, steps: survival(one) }));
  const types = drawnTypes(output);
  const note = drawnNote(output);
  const title = {
    fr: 'Encore sans rendez-vous après tant de tirages',
    en: 'Still without an appointment after so many draws',
  };
  const warm = output.scenario.warmup > 0;
  const caption = {
    fr:
      'Estimation de Kaplan et Meier (1958, doi:10.2307/2281868), bande à 95 % par la formule de Greenwood, personnes supposées indépendantes, répétitions réunies. ' +
      'Qui renonce, ou attend encore à la fin, est censuré : compté jusqu’à son dernier tirage, jamais comme servi.' +
      (warm
        ? ' Les personnes déjà en attente au début de la mesure comptent leurs tirages depuis leur arrivée.'
        : ''),
    en:
      'Kaplan–Meier estimate (1958, doi:10.2307/2281868), 95% band by Greenwood’s formula, persons taken as independent, all replications together. ' +
      'Who gives up, or still waits at the end, is censored: counted up to the last draw taken part in, never as served.' +
      (warm
        ? ' Those already waiting when the measuring began count their draws since they joined.'
        : ''),
  };
  return {
    id: 'survival',
    title,
    caption: write((language) => caption[language] + note[language]),
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
        title: title[language],
        language,
        facets: types.map((type) => typeName(type, language)),
        lines: policyLines(output, language),
        xLabel:
          language === 'fr' ? 'tirages auxquels la personne a pris part' : 'draws taken part in',
        xUnit: 'number',
        yLabel: language === 'fr' ? 'part sans rendez-vous (%)' : 'share without appointment (%)',
        isStepped: true,
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      { name: 'draw', title: { fr: 'Tirages', en: 'Draws' }, unit: 'number' },
      { name: 'atRisk', title: { fr: 'Suivis', en: 'At risk' }, unit: 'number' },
      shareColumn('share', 'Sans rendez-vous', 'Without appointment'),
      shareColumn('low', 'de', 'from'),
      shareColumn('high', 'à', 'to'),
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
  const title = {
    fr: 'Partage de l’attente : courbes de Lorenz',
    en: 'How waiting is shared: Lorenz curves',
  };
  const caption = {
    fr: 'Personnes servies, de celle qui a attendu le moins à celle qui a attendu le plus. Sur la diagonale (grise), toutes attendent autant ; l’indice de Gini, au tableau avec son erreur type, mesure l’écart. Qui n’a pas été servi n’y figure pas. Courbes de toutes les répétitions réunies, sans bande : l’incertitude est celle de l’indice.',
    en: 'Persons served, from who waited least to who waited most. On the (grey) diagonal all wait alike; the Gini index, in the table with its standard error, measures the distance. Who was not served is not in it. Curves of all replications together, without a band: the uncertainty is that of the index.',
  };
  return {
    id: 'lorenz',
    title,
    caption: write((language) => caption[language] + note[language]),
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
        title: title[language],
        language,
        facets: types.map((type) => typeName(type, language)),
        lines: policyLines(output, language),
        xLabel:
          language === 'fr' ? 'part des personnes servies (%)' : 'share of persons served (%)',
        xUnit: 'share',
        yLabel: language === 'fr' ? 'part de toute l’attente (%)' : 'share of all waiting (%)',
        isStepped: false,
        hasDiagonal: true,
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...estimateColumns('waitGini', { fr: 'Gini', en: 'Gini' }, 'number'),
      shareColumn('people', 'Personnes', 'Persons'),
      shareColumn('waiting', 'Attente', 'Waiting'),
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
