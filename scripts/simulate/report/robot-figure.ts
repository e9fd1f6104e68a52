import measured from '../../../examples/hauts-de-seine/failure-rates-2019.json' with {
  type: 'json',
};
import { intervalChart, type Line } from './chart.ts';
import {
  estimateColumns,
  find,
  measuredLook,
  pointOf,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  typeColumn,
} from './view.ts';
import type { Language } from './wording.ts';

/** The preset that was fitted to the measured rates. */
export const calibrated = 'hauts-de-seine-2019';

const title = {
  fr: 'Ce que verrait le robot : tentatives sans aucune place',
  en: 'What the robot would see: attempts without any place',
};
const axis = { fr: 'tentatives sans place (%)', en: 'attempts without a place (%)' };
const onlyRace = {
  fr: 'Seule la course montre des places : sous les autres règles, un robot n’a rien à voir, il n’y a donc pas de chiffre.',
  en: 'Only the race shows places: under the other policies a robot has nothing to see, so there is no figure.',
};
const calibration = {
  fr: `Croix : mesuré en 2019 par le robot de la Cimade (${measured.source}). C’est un calage, pas un résultat : le préréglage a été ajusté pour que la course donne ces taux ; leur accord ne prouve rien. ${measured.caveat.fr}.`,
  en: `Crosses: measured in 2019 by La Cimade’s robot (parliamentary question 23685, October 2019). This is a calibration, not a finding: the preset was fitted so that the race gives these rates; that they agree proves nothing. ${measured.caveat.en}.`,
};

/** Failed polls under each policy, beside those of 2019 where the scenario was fitted to them. */
export function robotFigure({ output, preset }: ReportInput): ReportFigure {
  const { policies, replications, requestTypes } = output.scenario;
  const rates = new Map(preset === calibrated ? Object.entries(measured.rates) : []);
  const types = Object.keys(requestTypes);
  const linesOf = (language: Language): Line[] => {
    const name = language === 'fr' ? 'mesuré 2019' : 'measured 2019';
    const shown = policyLines(output, language).filter(({ key }) => key === 'race');
    return rates.size > 0 ? [{ key: 'measured', name, look: measuredLook }, ...shown] : shown;
  };
  const estimateOf = (policy: (typeof policies)[number], type: string) => {
    return find(output.results, policy, type, 'cimadeFailure');
  };
  return {
    id: 'robot',
    title,
    caption:
      rates.size > 0
        ? { fr: `${calibration.fr} ${onlyRace.fr}`, en: `${calibration.en} ${onlyRace.en}` }
        : onlyRace,
    lines: linesOf,
    plot: (language) => {
      const points = types.flatMap((type) => {
        const rate = rates.get(type);
        const race = policies.includes('race') ? estimateOf('race', type) : null;
        return [
          ...(rate === undefined
            ? []
            : [{ facet: type, key: 'measured', mean: rate, low: rate, high: rate }]),
          ...(race ? [pointOf(type, 'race', race, replications, 'share')] : []),
        ];
      });
      if (points.length === 0) return undefined;
      return intervalChart({
        title: title[language],
        language,
        facets: types.filter((type) => points.some(({ facet }) => facet === type)),
        lines: linesOf(language),
        xLabel: axis[language],
        xUnit: 'share',
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...estimateColumns('cimadeFailure', axis, 'share'),
      { name: 'measured2019', title: { fr: 'mesuré 2019', en: 'measured 2019' }, unit: 'share' },
    ],
    rows: policies.flatMap((policy) =>
      types.map((type) => {
        const estimate = estimateOf(policy, type);
        const rate = policy === 'race' ? rates.get(type) : undefined;
        return [policy, type, estimate?.mean ?? null, estimate?.se ?? null, rate ?? null];
      }),
    ),
  };
}
