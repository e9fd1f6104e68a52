import type { FigureName } from '../../../src/simulator/results.ts';
import { groupsOf, type Standing } from './groups.ts';
import type { ReportInput } from './view.ts';
import {
  type Language,
  list,
  policyNames,
  type Text,
  type Unit,
  write,
  writtenEstimate,
} from './wording.ts';

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
        subject: {
          fr: 'Chance d’avoir un rendez-vous à chaque tirage',
          en: 'Chance of an appointment at each draw',
        },
      },
      {
        figure: 'servedShare',
        unit: 'share',
        isLargestFirst: true,
        subject: { fr: 'personnes servies avant la fin', en: 'persons served by the end' },
      },
    ],
    { fr: 'personne n’attendait', en: 'nobody waited' },
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
        subject: {
          fr: 'Attente moyenne des personnes servies, en tirages',
          en: 'Mean wait of those served, in draws',
        },
      },
      {
        figure: 'waitP90',
        unit: 'number',
        isLargestFirst: false,
        subject: { fr: 'attente au plus de neuf sur dix', en: 'longest wait of nine in ten' },
      },
    ],
    { fr: 'personne n’est servi', en: 'nobody is served' },
  );
}

function bots(input: ReportInput): Text {
  if (!input.output.scenario.scalpers) {
    return {
      fr: 'Le scénario n’a pas de revendeur : il ne dit rien des robots ni de la revente.',
      en: 'The scenario has no scalper: it says nothing about bots or resale.',
    };
  }
  const figures: readonly (readonly [FigureName, Unit, Text])[] = [
    ['botShareAtRelease', 'share', { fr: 'Places prises par les robots', en: 'Places bots take' }],
    ['resoldShare', 'share', { fr: 'places revendues', en: 'places resold' }],
    ['profitPerDraw', 'number', { fr: 'bénéfice par tirage', en: 'profit a draw' }],
  ];
  const rankings = figures.map(([figure, unit, subject]) => {
    return { figure, unit, subject, isLargestFirst: true };
  });
  return sentence(input, rankings, { fr: 'aucune place', en: 'no places' });
}

function sentence(input: ReportInput, rankings: readonly Ranking[], none: Text): Text {
  return write((language) => {
    const clauses = rankings.map((ranking) => clause(input, ranking, none, language));
    return `${clauses.join(' – ')}.`;
  });
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
    const names = unknown.map((policy) => policyNames[policy][language]);
    parts.push(`${joined(names, language)}, ${none[language]}`);
  }
  const subject = ranking.subject[language] + orderWords(ranking, groups.length, language);
  return `${subject}${language === 'fr' ? ' : ' : ': '}${list(parts, language)}`;
}

function orderWords({ isLargestFirst }: Ranking, groups: number, language: Language): string {
  if (groups < 2) return '';
  if (language === 'fr') return isLargestFirst ? ', du plus au moins' : ', du moins au plus';
  return isLargestFirst ? ', from most to least' : ', from least to most';
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
    return { name: policyNames[policy][language], value };
  });
  const [first] = items;
  const names = items.map(({ name }) => name);
  const values = items.map(({ name, value }) => `${name} ${value}`);
  const isOneValue = items.every(({ value }) => value === first?.value);
  const text = isOneValue ? `${joined(names, language)} ${first?.value}` : joined(values, language);
  if (items.length === 1 || isCertain(group)) return text;
  const notes =
    replications === 1
      ? { fr: 'une seule répétition ne les départage pas', en: 'one replication cannot tell' }
      : { fr: 'sans différence nette', en: 'no clear difference' };
  return `${text} (${notes[language]})`;
}

/** Whether all are equal in every replication. */
function isCertain(group: readonly Standing[]): boolean {
  return group.every(({ estimate }) => estimate.se === 0);
}

function joined(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')}${language === 'fr' ? ' et ' : ' and '}${last}`;
}
