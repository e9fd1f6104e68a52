import measured from '../../../examples/hauts-de-seine/failure-rates-2019.json' with {
  type: 'json',
};
import type { Language } from '../../../src/base/languages.ts';
import { labelOf } from '../../../src/domain/values.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
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
import { say, sentences } from './wording.ts';

/** The preset that was fitted to the measured rates. */
export const calibrated = 'hauts-de-seine-2019';

const title = say('robot.title');
const axis = say('robot.axis');
const onlyRace = say('robot.onlyRace');
const calibration = (language: Language) => {
  const caveat = labelOf(measured.caveat, language);
  return textsOf('report', language)('robot.calibration', { caveat });
};

/** Failed polls under each policy, beside those of 2019 where the scenario was fitted to them. */
export function robotFigure({ output, preset }: ReportInput): ReportFigure {
  const { policies, replications, requestTypes } = output.scenario;
  const rates = new Map(preset === calibrated ? Object.entries(measured.rates) : []);
  const types = Object.keys(requestTypes);
  const linesOf = (language: Language): Line[] => {
    const name = textsOf('report', language)('robot.measured');
    const shown = policyLines(output, language).filter(({ key }) => key === 'race');
    return rates.size > 0 ? [{ key: 'measured', name, look: measuredLook }, ...shown] : shown;
  };
  const estimateOf = (policy: (typeof policies)[number], type: string) => {
    return find(output.results, policy, type, 'cimadeFailure');
  };
  return {
    id: 'robot',
    title,
    caption: rates.size > 0 ? sentences(calibration, onlyRace) : onlyRace,
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
        title: title(language),
        language,
        facets: types.filter((type) => points.some(({ facet }) => facet === type)),
        lines: linesOf(language),
        xLabel: axis(language),
        xUnit: 'share',
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...estimateColumns('cimadeFailure', axis, 'share'),
      { name: 'measured2019', title: say('robot.measured'), unit: 'share' },
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
