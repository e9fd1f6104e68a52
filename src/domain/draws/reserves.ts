import type { DrawRecord } from './draw.ts';
import { typeStatistics } from './statistics.ts';

// Which draw takes which request types, and whose reserve list serves a type. A draw without a set
// of its own takes all.

type Chosen = Pick<DrawRecord, 'requestTypes'>;

/** Request type → id of the published draw whose reserve list serves it. */
export type Reserves = ReadonlyMap<string, string>;

/** Whether a draw is for entries of a request type. Pure. */
export function takesType({ requestTypes }: Chosen, requestType: string): boolean {
  return requestTypes === undefined || requestTypes.includes(requestType);
}

/** Whether two draws are for the same request types, in whatever order. Pure. */
export function haveSameTypes({ requestTypes: some }: Chosen, other: Chosen): boolean {
  const others = other.requestTypes;
  if (some === undefined || others === undefined) return some === others;
  return some.length === others.length && some.every((requestType) => others.includes(requestType));
}

/** Whether some request type is taken by both of two draws. Pure. */
export function sharesTypes({ requestTypes: some }: Chosen, other: Chosen): boolean {
  return some === undefined || some.some((requestType) => takesType(other, requestType));
}

/** Request types that the reserve list of a draw serves from its publication on. Pure. */
export function reserveTypes(draw: DrawRecord, known: readonly string[]): string[] {
  if (draw.requestTypes) return [...draw.requestTypes];
  return [...new Set([...known, ...Object.keys(draw.statistics?.requestTypes ?? {})])].sort();
}

/** What the freeze of another draw ends of a published one. */
export interface Ending {
  /** Request types whose reserve list ends now. */
  readonly ending: readonly string[];
  /** All that have ended by then. */
  readonly ended: readonly string[];
  /** Whether that was the last of them: the draw is closed. */
  readonly isOver: boolean;
}

/**
 * What ends of a published draw when one of the request types of `next` freezes; undefined: nothing.
 * A draw of all types ends whatever is still in use. Pure.
 */
export function decideEnding(
  draw: DrawRecord,
  next: Chosen,
  reserves: Reserves,
): Ending | undefined {
  const { ended = [] } = draw;
  const inUse = typesInUse(reserves, draw.id);
  const named = next.requestTypes ?? inUse;
  const ending = named.filter((type) => takesType(draw, type) && !ended.includes(type));
  const isOver = inUse.every((type) => ending.includes(type));
  if (ending.length === 0) return undefined;
  return { ending, ended: [...ended, ...ending].sort(), isOver };
}

/** Request types whose reserve list is that of a draw. Pure. */
export function typesInUse(reserves: Reserves, drawId: string): string[] {
  return [...reserves].flatMap(([requestType, draw]) => (draw === drawId ? [requestType] : []));
}

/**
 * Whether places of a slot, freed or idle, still go down the reserve list of their published draw:
 * only while no type that the slot serves has ended there. The record names the first waiting entry
 * of any of them, and one of a type that ended may be in a later draw. Pure.
 */
export function goesDownTheList(
  { ended = [] }: Pick<DrawRecord, 'ended'>,
  slotTypes: readonly string[],
): boolean {
  return !slotTypes.some((requestType) => ended.includes(requestType));
}

/**
 * Whether somebody of a request type that has ended was in a published draw: their misses count in
 * later draws, and so it can be void no more. Pure.
 */
export function isBuiltOn(draw: DrawRecord): boolean {
  const waited = (type: string) => (typeStatistics(draw, type)?.waiting ?? 0) > 0;
  return (draw.ended ?? []).some(waited);
}
