import type { FigureName } from '../../../src/simulator/results.ts';
import { intervalChart } from './chart.ts';
import {
  drawnNote,
  drawnTypes,
  estimateColumns,
  find,
  pointOf,
  policyColumn,
  policyLines,
  type ReportFigure,
  type ReportInput,
  typeColumn,
} from './view.ts';
import { nothing, say, sentences, type Text, typeName, type Unit } from './wording.ts';

/** A figure of the output to draw, for every policy and request type. */
interface Wanted {
  readonly id: string;
  readonly title: Text;
  readonly caption: Text;
  readonly axis: Text;
  readonly unit: Unit;
  readonly types?: readonly string[];
  /** Each in a block of its own, beside the request type. */
  readonly figures: readonly { readonly name: FigureName; readonly title: Text }[];
}

/** Draws figures of the output with their intervals. */
export function estimateFigure({ output }: ReportInput, wanted: Wanted): ReportFigure {
  const { figures, unit } = wanted;
  const { policies, replications } = output.scenario;
  const types = wanted.types ?? drawnTypes(output);
  const allTypes = [...new Set(output.results.map(({ requestType }) => requestType))];
  const note = wanted.types ? nothing : drawnNote(output);
  const isKnown = policies.some((policy) =>
    types.some((type) => figures.some(({ name }) => find(output.results, policy, type, name))),
  );
  const unknown = say('figure.unknown');
  return {
    id: wanted.id,
    title: wanted.title,
    caption: sentences(wanted.caption, note, isKnown ? nothing : unknown),
    lines: (language) => policyLines(output, language),
    plot: (language) => {
      const blocks = types.flatMap((type) =>
        figures.map(({ name, title }) => {
          const parts = types.length > 1 || figures.length === 1 ? [typeName(type, language)] : [];
          if (figures.length > 1) parts.push(title(language));
          return { type, name, facet: parts.join(' · ') };
        }),
      );
      const points = blocks.flatMap(({ type, name, facet }) =>
        policies.flatMap((policy) => {
          const estimate = find(output.results, policy, type, name);
          return estimate ? [pointOf(facet, policy, estimate, replications, unit)] : [];
        }),
      );
      if (points.length === 0) return undefined;
      return intervalChart({
        title: wanted.title(language),
        language,
        facets: blocks.map(({ facet }) => facet),
        lines: policyLines(output, language),
        xLabel: wanted.axis(language),
        xUnit: unit,
        points,
      });
    },
    columns: [
      policyColumn,
      typeColumn,
      ...figures.flatMap(({ name, title }) => estimateColumns(name, title, unit)),
    ],
    rows: policies.flatMap((policy) =>
      allTypes.map((type) => [
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
