import type { Language } from '../../base/languages.ts';
import type { EntryOutcome } from '../../domain/participation/standings.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import {
  type InEveryLanguage,
  inEveryLanguage,
  type Labels,
  labelOf,
} from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { type Availability, availabilityText } from './availability-text.ts';

/** One part of what a person is told of a draw. */
export interface ExplanationPart {
  readonly id:
    | 'purpose'
    | 'outcome'
    | 'rank'
    | 'rules'
    | 'parameters'
    | 'data'
    | 'randomness'
    | 'contest';
  readonly title: InEveryLanguage;
  readonly lines: readonly InEveryLanguage[];
}

/** What an explanation rests on. */
export interface ExplainedDraw {
  /** As it was frozen. */
  readonly entry: {
    readonly requestType: string;
    readonly missed: number;
    readonly party?: number;
    readonly owed?: true;
    readonly resting?: true;
    readonly accepts?: Availability;
  };
  readonly standing: ExplainedStanding;
  readonly rules: Prefecture['rules'];
  readonly requestType: Labels;
  /** What is said of the source of randomness. */
  readonly entropyNote: InEveryLanguage;
  readonly isVoid: boolean;
  /** Whether a freed place was offered to it later. */
  readonly isRefilled: boolean;
}

/** Where the entry stands after the draw. Ranks count from 1; 0: nobody. */
interface ExplainedStanding {
  readonly outcome: EntryOutcome;
  readonly rank: number;
  readonly rankInType: number;
  readonly tickets: number;
  readonly priority: boolean;
  readonly guaranteed: boolean;
  readonly ofType: {
    readonly entries: number;
    readonly lastServedRank: number;
    readonly lastServedRankInType: number;
  };
}

/** A line, or nothing where it does not apply. */
type Line = (language: Language) => string;

function line(write: (text: ReturnType<typeof textsOf<'explanation'>>) => string): Line {
  return (language) => write(textsOf('explanation', language));
}

/**
 * What CRPA L. 311-3-1 and R. 311-3-1-2 ask for, in plain words: how far an algorithm decided, by which
 * rules, on which data, with which parameters for this person. A lawyer must confirm the wording. Pure.
 */
export function explain(draw: ExplainedDraw): ExplanationPart[] {
  return [
    part('outcome', outcomeLines(draw)),
    part('rank', [rankLine(draw), servedLine(draw.standing)]),
    part('purpose', [(language) => textsOf('explanation', language)('purpose')]),
    part('rules', ruleLines(draw)),
    part('parameters', parameterLines(draw)),
    part('data', [
      (language) => textsOf('explanation', language)('data.entry'),
      (language) => textsOf('explanation', language)('data.prefecture'),
    ]),
    part('randomness', [(language) => draw.entropyNote[language]]),
    part('contest', [
      (language) => textsOf('explanation', language)('contest.rights'),
      (language) => textsOf('explanation', language)('contest.how'),
    ]),
  ];
}

function part(id: ExplanationPart['id'], lines: readonly Line[]): ExplanationPart {
  const title = inEveryLanguage((language) => textsOf('explanation', language)(`title.${id}`));
  return { id, title, lines: lines.map(inEveryLanguage) };
}

function outcomeLines({ standing, isVoid, isRefilled }: ExplainedDraw): Line[] {
  const voided: Line = (language) => textsOf('explanation', language)('void');
  const refilled: Line = (language) => textsOf('diagnosis', language)('refilled');
  return [
    ...(isVoid ? [voided] : []),
    (language) => textsOf('diagnosis', language)(standing.outcome),
    ...(isRefilled ? [refilled] : []),
  ];
}

function rankLine({ standing, requestType }: ExplainedDraw): Line {
  const { rank, rankInType, ofType } = standing;
  return (language) =>
    textsOf('explanation', language)('rank', {
      rank,
      rankInType,
      entries: ofType.entries,
      requestType: labelOf(requestType, language),
    });
}

function servedLine({ ofType }: ExplainedStanding): Line {
  const { lastServedRank: rank, lastServedRankInType: rankInType } = ofType;
  return (language) => {
    const text = textsOf('explanation', language);
    return rank === 0 ? text('served.none') : text('served.last', { rank, rankInType });
  };
}

function ruleLines({ rules, entry }: ExplainedDraw): Line[] {
  const { ageing, priorityMax = 0 } = rules;
  const { min, max } = quotaOf(rules, entry.requestType);
  const { ticketsPerMiss: each = 0, maxTickets: most = 1, guaranteeAfter: draws } = ageing ?? {};
  return [
    line((text) => text('rule.tickets')),
    priorityMax > 0 && line((text) => text('rule.priority', { places: priorityMax })),
    min !== undefined && line((text) => text('rule.quotaMin', { places: min })),
    max !== undefined && line((text) => text('rule.quotaMax', { places: max })),
    each > 0 && line((text) => text('rule.ageing', { each, most })),
    draws !== undefined && line((text) => text('rule.guarantee', { draws })),
  ].filter((one) => one !== false);
}

function parameterLines({ entry, standing }: ExplainedDraw): Line[] {
  const { missed, accepts, party, owed, resting } = entry;
  const together: Line = (language) =>
    textsOf('explanation', language)('counted.party', { people: party ?? 1 });
  const { tickets, priority, guaranteed } = standing;
  return [
    (language) => textsOf('explanation', language)('counted.tickets', { missed, tickets }),
    (language) => textsOf('explanation', language)('counted.priority', { priority, guaranteed }),
    ...(owed ? [line((text) => text('counted.owed'))] : []),
    ...(resting ? [line((text) => text('counted.resting'))] : []),
    ...(party === undefined ? [] : [together]),
    (language) => {
      const availability = availabilityText(accepts, language);
      return textsOf('explanation', language)('counted.availability', { availability });
    },
  ];
}

function quotaOf({ quotas }: Prefecture['rules'], requestType: string) {
  const isNamed = quotas && Object.hasOwn(quotas, requestType);
  return (isNamed && quotas[requestType]) || {};
}
