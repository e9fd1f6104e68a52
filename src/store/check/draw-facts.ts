import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { DrawState } from '../../domain/draws/state.ts';

/** All that says how far a draw has come, at one instant. */
export interface DrawFacts {
  readonly draw: DrawRecord;
  readonly plannedMs: number;
  readonly isUnfinished: boolean;
  /** Its place in the list of frozen draws; undefined if it has none. */
  readonly frozenMs: number | undefined;
  readonly isActive: boolean;
  readonly isCurrent: boolean;
  readonly isClosing: boolean;
  readonly isFreezing: boolean;
  /** Parts of the record. */
  readonly input: number;
  readonly result: number;
  /** Slots with idle places. */
  readonly idleSlots: number;
  readonly offers: number;
  /** Draws frozen so far. */
  readonly drawNumber: number;
}

type Rule = (facts: DrawFacts) => string | false;

const among = ({ draw }: DrawFacts, ...states: DrawState[]) => states.includes(draw.state);

const rules: readonly Rule[] = [
  ({ draw, plannedMs }) => draw.atMs !== plannedMs && 'is listed at another time than its own',
  (facts) =>
    facts.isUnfinished !== isUnfinished(facts) &&
    // A void draw is finished once its places are given back, or had it none.
    !(facts.draw.state === 'void') &&
    `is ${facts.draw.state} and ${facts.isUnfinished ? 'still' : 'not'} among the unfinished`,
  (facts) =>
    facts.isActive !== (facts.isFreezing || among(facts, 'frozen', 'drawn', 'published')) &&
    `is ${facts.draw.state} and ${facts.isActive ? '' : 'not '}the active draw`,
  (facts) =>
    facts.isCurrent !== among(facts, 'published') &&
    `is ${facts.draw.state} and ${facts.isCurrent ? '' : 'not '}the current draw`,
  (facts) => facts.isClosing && !among(facts, 'closed') && 'is being closed and is not closed',
  (facts) => facts.isFreezing && !among(facts, 'scheduled') && 'freezes and is frozen already',
  ({ draw, frozenMs }) =>
    (draw.manifest === undefined ? undefined : draw.frozenAtMs) !== frozenMs &&
    'is not listed at the instant of its freeze',
  ({ draw, input }) =>
    input > 0 !== (draw.manifest !== undefined) &&
    'has a manifest without a record, or the reverse',
  ({ draw, result }) =>
    result > 0 !== (draw.outcomeHash !== undefined) &&
    'has an outcome without a record, or the reverse',
  ({ draw, drawNumber }) =>
    (draw.number ?? 0) > drawNumber && 'has a number that is not reached yet',
  (facts) => !hasCome(facts.draw) && `is ${facts.draw.state} and lacks what it came by`,
  (facts) =>
    facts.idleSlots > 0 && isSettled(facts) && `is ${facts.draw.state} and keeps idle places`,
  (facts) =>
    facts.offers > 0 && facts.draw.outcomeHash === undefined && 'has offers without an outcome',
];

/** What is wrong with a draw, by what its state says of everything else. Pure. */
export function drawFaults(facts: DrawFacts): string[] {
  return rules.map((rule) => rule(facts)).filter((fault) => fault !== false);
}

function isUnfinished(facts: DrawFacts): boolean {
  return among(facts, 'scheduled', 'frozen', 'drawn');
}

/** Nothing is left to be settled of it, or it never took a place. */
function isSettled(facts: DrawFacts): boolean {
  if (among(facts, 'closed')) return !facts.isClosing;
  if (among(facts, 'void')) return !facts.isUnfinished;
  return among(facts, 'scheduled') && !facts.isFreezing;
}

/** Whether a draw has what each state that it went through gave it. */
function hasCome({
  state,
  number,
  manifest,
  outcomeHash,
  publishedAtMs,
  closedAtMs,
  voided,
}: DrawRecord) {
  if (state === 'void') return voided !== undefined;
  const steps = [
    ['frozen', number !== undefined && manifest !== undefined],
    ['drawn', outcomeHash !== undefined],
    ['published', publishedAtMs !== undefined],
    ['closed', closedAtMs !== undefined],
  ] as const;
  const reached = steps.findIndex(([name]) => name === state);
  return steps.every(([, has], at) => has === at <= reached);
}
