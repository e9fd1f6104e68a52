import { z } from 'zod';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script, WriteWord } from '../core/script.ts';
import { decodeDraw, encodeDraw } from './codec.ts';

const resealScript = new Script(
  'draws/reseal-draw.lua',
  { keys: ['draw'], args: ['before after'] },
  WriteWord,
);
const Fields = z.tuple([z.string().nullable(), z.string().nullable()]);

/** Draws read by one round trip. */
const pageSize = 100;

/**
 * Draws with the text they were read from, a page at a time, the earliest planned first. A draw
 * that is planned meanwhile may be left out.
 */
export async function* pagesOfDraws(
  redis: Connection,
  prefecture: string,
): AsyncGenerator<Stored<DrawRecord>[]> {
  const keys = keysOf(prefecture);
  const ids = await redis.zrange(keys.draws, '0', '-1');
  for (let at = 0; at < ids.length; at += pageSize) {
    const page = ids.slice(at, at + pageSize);
    const found = await Promise.all(page.map((id) => redis.hmget(keys.draw(id), 'state', 'json')));
    yield found.flatMap((fields) => {
      const [state, raw] = Fields.parse(fields);
      return state === null || raw === null ? [] : [{ raw, value: decodeDraw(state, raw) }];
    });
  }
}

/** Stores a draw whose secret was sealed anew, if nobody changed it meanwhile. Safe to repeat. */
export function replaceSecret(
  redis: Connection,
  prefecture: string,
  { raw, value }: Stored<DrawRecord>,
  sealedSecret: string,
): Promise<WriteWord> {
  const after = encodeDraw({ ...value, sealedSecret });
  const { draw } = keysOf(prefecture);
  return resealScript.run(redis, { draw: draw(value.id) }, { before: raw, after });
}
