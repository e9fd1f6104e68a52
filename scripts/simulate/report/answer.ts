import type { Language } from '../../../src/base/languages.ts';
import type { FigureName } from '../../../src/simulator/results.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
import { writeList } from '../../../src/texts/numbers.ts';
import { groupsOf, type Standing } from './groups.ts';
import type { ReportInput } from './view.ts';
import { list, policyNames, say, type Text, type Unit, writtenEstimate } from './wording.ts';

/** The answer in three sentences: who is served, how long they wait, what the scalper gets. */
export function answer(input: ReportInput): Text[] {
  return [chances(input), waits(input), bots(input)];
}

/** How the policies are ranked by a figure, in words. */
interface Ranking {
  readonly figure: FigureName;
  readonly unit: Unit;
  readonly isLargestFirst: boolean;
  readonly subject: Text;
}

function chances(input: ReportInput): Text {
  return sentence(
    input,
    [
      {
        figure: 'chancePerDraw',
        unit: 'share',
        isLargestFirst: true,
        subject: say('answer.chance'),
      },
      {
        figure: 'servedShare',
        unit: 'share',
        isLargestFirst: true,
        subject: say('answer.served'),
      },
    ],
    say('answer.nobodyWaited'),
  );
}

function waits(input: ReportInput): Text {
  return sentence(
    input,
    [
      {
        figure: 'waitMean',
        unit: 'number',
        isLargestFirst: false,
        subject: say('answer.wait'),
      },
      {
        figure: 'waitP90',
        unit: 'number',
        isLargestFirst: false,
        subject: say('answer.longestWait'),
      },
    ],
    say('answer.nobodyServed'),
  );
}

function bots(input: ReportInput): Text {
  if (!input.output.scenario.scalpers) {
    return say('answer.noScalper');
  }
  const figures: readonly (readonly [FigureName, Unit, Text])[] = [
    ['botShareAtRelease', 'share', say('answer.botPlaces')],
    ['resoldShare', 'share', say('answer.resold')],
    ['profitPerDraw', 'number', say('answer.profit')],
  ];
  const rankings = figures.map(([figure, unit, subject]) => {
    return { figure, unit, subject, isLargestFirst: true };
  });
  return sentence(input, rankings, say('answer.noPlaces'));
}

function sentence(input: ReportInput, rankings: readonly Ranking[], none: Text): Text {
  return (language) => {
    const clauses = rankings.map((ranking) => clause(input, ranking, none, language));
    return `${clauses.join(' – ')}.`;
  };
}

/** The policies in the order of a figure; those that this run cannot tell apart stand together. */
function clause(input: ReportInput, ranking: Ranking, none: Text, language: Language): string {
  const { policies } = input.output.scenario;
  const groups = groupsOf(input, ranking.figure);
  if (ranking.isLargestFirst) groups.reverse();
  const parts = groups.map((group) => groupWords(input, ranking, group, language));
  const known = new Set(groups.flat().map(({ policy }) => policy));
  const unknown = policies.filter((policy) => !known.has(policy));
  if (unknown.length > 0) {
    const names = unknown.map((policy) => policyNames[policy](language));
    parts.push(`${writeList(language, names)}, ${none(language)}`);
  }
  const subject = ordered(ranking, groups.length, language);
  return textsOf('report', language)('answer.clause', { subject, parts: list(parts, language) });
}

function ordered({ subject, isLargestFirst }: Ranking, groups: number, language: Language): string {
  const of = { subject: subject(language) };
  if (groups < 2) return of.subject;
  const text = textsOf('report', language);
  return isLargestFirst ? text('answer.mostToLeast', of) : text('answer.leastToMost', of);
}

function groupWords(
  { output }: ReportInput,
  { unit }: Ranking,
  group: readonly Standing[],
  language: Language,
): string {
  const { replications } = output.scenario;
  const items = group.map(({ policy, estimate }) => {
    const value = writtenEstimate(estimate, unit, language, replications);
    return { name: policyNames[policy](language), value };
  });
  const [first] = items;
  const names = items.map(({ name }) => name);
  const values = items.map(({ name, value }) => `${name} ${value}`);
  const isOneValue = items.every(({ value }) => value === first?.value);
  const text = isOneValue
    ? `${writeList(language, names)} ${first?.value}`
    : writeList(language, values);
  if (items.length === 1 || isCertain(group)) return text;
  const notes = replications === 1 ? say('answer.oneReplication') : say('answer.noDifference');
  return `${text} (${notes(language)})`;
}

/** Whether all are equal in every replication. */
function isCertain(group: readonly Standing[]): boolean {
  return group.every(({ estimate }) => estimate.se === 0);
}
