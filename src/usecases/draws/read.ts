import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store'>;

/** @throws DomainError `draw_not_found` */
export async function needDraw(
  { store }: Deps,
  prefecture: string,
  id: string,
): Promise<DrawRecord> {
  const draw = await store.draws.get(prefecture, id);
  if (!draw) throw new DomainError('draw_not_found', 'no such draw');
  return draw;
}

/** The record of a draw, to be read part by part. */
export interface ReadRecord {
  readonly draw: DrawRecord;
  /** Another one for another text. */
  readonly tag: string;
  /** Whether this text never changes. */
  readonly isFinal: boolean;
  /** Lines of NDJSON; each part is read from the store when it is asked for. */
  readonly parts: AsyncIterable<Buffer>;
  /** The same as one gzip member, much cheaper. */
  readonly packed: AsyncIterable<Buffer>;
  /** What reading it costs: pieces of at most 1 MB of text. */
  readonly pieces: number;
}

/**
 * Opens the record of a draw. `result` ends before the events and never changes.
 *
 * @throws DomainError `draw_not_found`, `record_unavailable`
 */
export async function recordOf(
  deps: Deps,
  prefecture: string,
  id: string,
  part: 'all' | 'result',
): Promise<ReadRecord> {
  const { draws } = deps.store;
  const draw = await needDraw(deps, prefecture, id);
  // Slots are public once they are drawn, or their draw is void: until then there is no record.
  const hash = draw.outcomeHash ?? (isVoidRecord(draw) ? draw.manifestHash : undefined);
  if (hash === undefined) throw new DomainError('record_unavailable', whyNoRecord(draw));
  const events = part === 'all' ? await draws.countEvents(prefecture, id) : 'result';
  const pieces = await draws.countPieces(prefecture, id, part);
  return {
    draw,
    tag: `${hash.slice(0, 22)}-${events}`,
    // Nothing follows in a void draw.
    isFinal: part === 'result' || draw.state === 'void',
    parts: draws.record(prefecture, id, part),
    packed: draws.packedRecord(prefecture, id, part),
    pieces,
  };
}

/** Lottery/v2 §7: a draw that is void before its outcome has a record too, of what was frozen. */
function isVoidRecord({ state, manifest }: DrawRecord): boolean {
  return state === 'void' && manifest !== undefined && manifest.algorithm !== 'lottery/v1';
}

function whyNoRecord({ id, state, voided, repeatedBy }: DrawRecord): string {
  const repeated = repeatedBy === undefined ? '' : `; draw ${repeatedBy} repeats it`;
  if (state === 'superseded')
    return `draw ${id} was given up before its freeze: nobody was in it${repeated}`;
  if (state === 'skipped') return `draw ${id} was not held: nobody waited, or there was no place`;
  if (!voided) return 'the draw has no result yet';
  return `draw ${id} was declared void before it had a result: there is nothing to check${repeated}`;
}
