import { isGivenUp } from '../../domain/draws/state.ts';
import { decodeDraw } from '../draws/codec.ts';

/** What is stored of a draw that the register must tell of. */
export interface DrawSaid {
  readonly id: string;
  readonly state: string | null;
  readonly json: string | null;
  /** Lines of events in its record. */
  readonly events: number;
}

/** What the register was at one instant. All of it is only appended to. */
export interface RegisterSeen {
  readonly leaves: number;
  readonly hashed: number;
  readonly size: number;
  readonly counts: string | null;
  readonly heads: number;
  readonly draws: readonly DrawSaid[];
}

/** What the leaves tell of one draw. */
export interface DrawTold {
  scheduled: number;
  voided: number;
  /** That it was superseded, or skipped. */
  superseded: number;
  skipped: number;
  readonly manifests: string[];
  readonly outcomes: string[];
  events: number;
  /** Chain of hashes over its events, as lines of the record. */
  eventsHash: string;
  /** The same over the record itself; filled in once the leaves were read. */
  recordHash?: string;
}

/** What the register and a draw do not agree about. Pure. */
export function drawSaidFaults(
  { id, state, json, events }: DrawSaid,
  told: DrawTold | undefined,
): string[] {
  const draw = readDraw(state, json);
  if (!draw) return []; // said of the draw itself
  if (!told) return [`no leaf tells of draw ${id}`];
  const same = (leaves: readonly string[], own: string | undefined) =>
    leaves.length === (own === undefined ? 0 : 1) && leaves[0] === own;
  const faults: string[] = [];
  if (told.scheduled !== 1) faults.push('its plan');
  if (!same(told.manifests, draw.manifestHash)) faults.push('its manifest');
  if (!same(told.outcomes, draw.outcomeHash)) faults.push('its outcome');
  if (told.voided !== (draw.state === 'void' ? 1 : 0)) faults.push('whether it is void');
  const ended = { superseded: told.superseded, skipped: told.skipped };
  for (const [name, count] of Object.entries(ended)) {
    if (count !== (draw.state === name ? 1 : 0)) faults.push(`whether it is ${name}`);
  }
  // A freeze that is made void has no record: its events go.
  const hasRecord = !isGivenUp(draw.state) || draw.manifest !== undefined;
  const isWhole = told.events === events && told.eventsHash === told.recordHash;
  if (hasRecord && !isWhole) faults.push('its events');
  return faults.map((what) => `leaves and draw ${id} do not agree about ${what}`);
}

function readDraw(state: string | null, json: string | null) {
  try {
    return state === null || json === null ? undefined : decodeDraw(state, json);
  } catch {
    return undefined;
  }
}
