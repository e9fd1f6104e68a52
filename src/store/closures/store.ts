import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { recordInstant } from '../../base/instants.ts';
import { hourSeconds } from '../../base/units.ts';
import {
  type ClosureCounts,
  type ClosureRecord,
  closureField,
} from '../../domain/closures/closure.ts';
import { recorded } from '../../domain/draws/recorded.ts';
import { DRAW_STATES } from '../../domain/draws/state.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { chunks } from '../../domain/values.ts';
import { eventRest } from '../core/event-text.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { decodeOfDraw, OF_DRAW_FIELDS } from '../draws/of-draw.ts';
import { encodeSlotClosure, readSlotClosures } from '../slots/closed.ts';
import { decodeClosure, encodeClosure } from './codec.ts';

const beginScript = new Script(
  'closures/begin-closure.lua',
  {
    keys: ['closures openClosures closureTimes slots register'],
    args: ['id closure count atMs leaf'],
  },
  z.enum(['done', 'unstaged']),
);
const stageScript = new Script(
  'closures/stage-slots.lua',
  { keys: ['staged'], args: ['seconds slots[]'] },
  z.int().min(0),
);
const closeScript = new Script(
  'closures/close-slots.lua',
  { keys: ['closedSlots places'], args: ['closure slots[]'] },
  z.int().min(0),
);
const inDrawScript = new Script(
  'closures/close-in-draw.lua',
  {
    keys: ['draw freezing drawPlaces drawClosed events register'],
    args: ['drawId now slots[]'],
    members: ['id event'],
  },
  z.union([z.tuple([z.literal('done'), z.int().min(0)]), z.tuple([z.literal('freezing')])]),
);
const endScript = new Script(
  'closures/end-closure.lua',
  { keys: ['closures openClosures slots'], args: ['id before after'] },
  WriteWord,
);

/** A slot of a closure: it is closed, or comes down to `target` places. */
export interface StagedSlot {
  readonly slot: string;
  readonly target?: number;
}

/** Slots read by one command. */
const slotsAtOnce = 500;

/** Closures of slots, from their plan until everybody concerned was told. */
export class ClosureStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Begins a closure: from here on it will be done, whatever happens to this process. The register
   * says so, with its cause. Its slots are still open then (`closeSlots`).
   */
  async begin(
    prefecture: string,
    closure: ClosureRecord,
    slots: readonly StagedSlot[],
  ): Promise<void> {
    const keys = keysOf(prefecture);
    const { id, atMs, cause, text, desks } = closure;
    const staged = keys.closureSlots(id);
    const run = { seconds: hourSeconds };
    const lines = slots.map(({ slot, target }) =>
      target === undefined ? slot : `${slot} ${target}`,
    );
    for (const some of chunks(lines, stageScript.most)) {
      await stageScript.run(this.#redis, { staged }, { ...run, slots: some });
    }
    const word = await beginScript.run(
      this.#redis,
      {
        closures: keys.closures,
        openClosures: keys.openClosures,
        closureTimes: keys.closureTimes,
        slots: staged,
        register: keys.registerLeaves,
      },
      {
        id,
        closure: encodeClosure(closure),
        count: slots.length,
        atMs,
        leaf: registerLeaf({
          at: recordInstant(atMs),
          kind: 'closure',
          closure: id,
          cause,
          slots: slots.length,
          ...(desks === undefined ? {} : { desks }),
          ...(text === undefined ? {} : { text }),
        }),
      },
    );
    if (word !== 'done') throw new Error(`the slots of closure ${id} are not all staged`);
  }

  /** @throws DomainError `closure_not_found` */
  async get(prefecture: string, id: string): Promise<ClosureRecord> {
    return decodeClosure(id, await this.#read(prefecture, id));
  }

  /** Closures, the latest first. A cursor is the id of the last one seen. */
  async list(
    prefecture: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<{ closures: ClosureRecord[]; cursor?: string }> {
    const { closureTimes } = keysOf(prefecture);
    const seen = cursor === undefined ? -1 : await this.#redis.zrevrank(closureTimes, cursor);
    if (seen === null) return { closures: [] };
    const ids = await this.#redis.zrevrange(closureTimes, seen + 1, seen + limit + 1);
    const closures = await Promise.all(ids.slice(0, limit).map((id) => this.get(prefecture, id)));
    const last = ids[limit - 1];
    return { closures, ...(ids.length > limit && last !== undefined ? { cursor: last } : {}) };
  }

  /** Closures whose people are not all told, the oldest first. */
  async open(prefecture: string): Promise<ClosureRecord[]> {
    const ids = await this.#redis.zrange(keysOf(prefecture).openClosures, '0', '-1');
    return Promise.all(ids.map((id) => this.get(prefecture, id)));
  }

  /** The slots of a closure that is not done. */
  async slotsOf(prefecture: string, id: string): Promise<StagedSlot[]> {
    const lines = await this.#redis.lrange(keysOf(prefecture).closureSlots(id), 0, -1);
    return lines.map((line) => {
      const [slot = '', target] = line.split(' ');
      return { slot, ...(target === undefined ? {} : { target: Number(target) }) };
    });
  }

  /** What was taken back so far. */
  async counts(prefecture: string, id: string): Promise<ClosureCounts> {
    const names = ['offers', 'appointments', 'people'] as const;
    const fields = names.map((name) => closureField(id, name));
    const found = await this.#redis.hmget(keysOf(prefecture).closureCounts, ...fields);
    const [offers = 0, appointments = 0, people = 0] = found.map((count) => Number(count ?? 0));
    return { offers, appointments, people };
  }

  /** Which of these slots are closed, and why. */
  async closed(prefecture: string, slots: readonly string[]) {
    const found = await Promise.all(
      chunks(slots, slotsAtOnce).map((some) => readSlotClosures(this.#redis, prefecture, some)),
    );
    return new Map(found.flatMap((some) => [...some]));
  }

  /** Closes the slots: nobody is offered a place of them any more. Safe to repeat. */
  async closeSlots(prefecture: string, closure: ClosureRecord, slots: readonly string[]) {
    const { closedSlots, places } = keysOf(prefecture);
    const text = encodeSlotClosure(closure);
    for (const some of chunks(slots, closeScript.most)) {
      const run = { closure: text, slots: some };
      await closeScript.run(this.#redis, { closedSlots, places }, run);
    }
  }

  /**
   * Takes the idle places of closed slots from a draw, and says in its record that they are closed.
   * Safe to repeat. `freezing`: the draw has taken its places and is not published yet.
   */
  async closeInDraw(
    prefecture: string,
    drawId: string,
    { cause }: Pick<ClosureRecord, 'cause'>,
    { slots, nowMs }: { readonly slots: readonly string[]; readonly nowMs: number },
  ): Promise<'done' | 'freezing'> {
    const keys = keysOf(prefecture);
    const names = {
      draw: keys.draw(drawId),
      freezing: keys.freezing,
      drawPlaces: keys.drawPlaces(drawId),
      drawClosed: keys.drawClosed(drawId),
      events: keys.drawEvents(drawId),
      register: keys.registerLeaves,
    };
    const [state, ...fields] = await this.#redis.hmget(names.draw, 'state', ...OF_DRAW_FIELDS);
    const { algorithm } = decodeOfDraw(z.enum(DRAW_STATES).parse(state), fields[0], fields[1]);
    const lines = slots.map((id) => {
      const event = recorded({ type: 'closed', slot: id, cause }, algorithm);
      return { id, event: event ? eventRest(event) : '' };
    });
    for (const some of chunks(lines, inDrawScript.most)) {
      const run = { drawId, now: recordInstant(nowMs), slots: some };
      const [word] = await inDrawScript.run(this.#redis, names, run);
      if (word === 'freezing') return word;
    }
    return 'done';
  }

  /** Marks a closure as done: everybody was told. Safe to repeat. */
  async end(prefecture: string, id: string, nowMs: number): Promise<void> {
    const { closures, openClosures, closureSlots } = keysOf(prefecture);
    await retryOnConflict(`closure ${id}`, async () => {
      const before = await this.#read(prefecture, id);
      const after = encodeClosure({ ...decodeClosure(id, before), doneAtMs: nowMs });
      const keys = { closures, openClosures, slots: closureSlots(id) };
      return endScript.run(this.#redis, keys, { id, before, after });
    });
  }

  async #read(prefecture: string, id: string): Promise<string> {
    const raw = await this.#redis.hget(keysOf(prefecture).closures, id);
    if (raw === null) throw new DomainError('closure_not_found', 'no such closure');
    return raw;
  }
}
