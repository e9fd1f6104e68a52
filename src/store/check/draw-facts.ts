import type { DrawRecord } from '../../domain/draws/draw.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { DrawState } from '../../domain/draws/state.ts';

/** All that says how far a draw has come, at one instant. */
export interface DrawFacts {
  readonly draw: DrawRecord;
  readonly plannedMs: number;
  readonly isUnfinished: boolean;
  /** Its place in the list of frozen draws; undefined if it has none. */
  readonly frozenMs: number | undefined;
  readonly isActive: boolean;
  /** Request types whose reserve list is said to be its own. */
  readonly served: readonly string[];
  readonly isClosing: boolean;
  /** Request types that are being settled. */
  readonly closingTypes: readonly string[];
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
    // What was given up is finished once its places are given back, or had it none.
    !among(facts, 'void', 'skipped') &&
    `is ${facts.draw.state} and ${facts.isUnfinished ? 'still' : 'not'} among the unfinished`,
  (facts) =>
    facts.isActive !== (facts.isFreezing || among(facts, 'frozen', 'drawn')) &&
    `is ${facts.draw.state} and ${facts.isActive ? '' : 'not '}the active draw`,
  (facts) =>
    facts.served.length > 0 !== among(facts, 'published') &&
    `is ${facts.draw.state} and its reserve list is ${facts.served.length > 0 ? '' : 'not '}in use`,
  ({ draw, served }) =>
    !served.every((type) => takesType(draw, type) && !draw.ended?.includes(type)) &&
    'has a reserve list in use for a request type that is not its own, or has ended',
  ({ draw }) =>
    !(draw.ended ?? []).every((type) => takesType(draw, type)) &&
    'has ended for a request type that is not its own',
  (facts) => facts.isClosing && !isClosable(facts) && 'is being closed and is not closed',
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

/** What is being settled has ended. A draw that was void meanwhile is settled all the same. */
function isClosable(facts: DrawFacts): boolean {
  const { ended = [] } = facts.draw;
  const hasEnded = facts.closingTypes.every((type) => ended.includes(type));
  return among(facts, 'closed', 'void') || (among(facts, 'published') && hasEnded);
}

/** Nothing is left to be settled of it, or it never took a place. */
function isSettled(facts: DrawFacts): boolean {
  if (among(facts, 'closed')) return !facts.isClosing;
  if (among(facts, 'void', 'skipped')) return !facts.isUnfinished;
  if (among(facts, 'superseded')) return true;
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
  superseded,
  skipped,
}: DrawRecord) {
  if (state === 'void') return voided !== undefined;
  if (state === 'superseded') return superseded !== undefined;
  if (state === 'skipped') return skipped !== undefined;
  const steps = [
    ['frozen', number !== undefined && manifest !== undefined],
    ['drawn', outcomeHash !== undefined],
    ['published', publishedAtMs !== undefined],
    ['closed', closedAtMs !== undefined],
  ] as const;
  const reached = steps.findIndex(([name]) => name === state);
  return steps.every(([, has], at) => has === at <= reached);
}
