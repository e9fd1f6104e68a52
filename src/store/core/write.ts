import { z } from 'zod';
import type { Connection } from './redis.ts';
import { Script } from './script.ts';

/*
 * Writes of one key. Each is a script, because scripts are guarded (guard-data.lua): a plain command
 * would write into data of a newer version. Each throws DataVersionError there.
 */

const Count = z.int().min(0);
const oneField = { keys: ['hash'], args: ['field value'] } as const;
const oneText = { keys: ['place'], args: ['text ttlMs'] } as const;
const scripts = {
  putField: new Script('core/put-field.lua', oneField, Count),
  addField: new Script('core/add-field.lua', oneField, Count),
  dropFields: new Script('core/drop-fields.lua', { keys: ['hash'], args: ['fields[]'] }, Count),
  dropMembers: new Script('core/drop-members.lua', { keys: ['set'], args: ['members[]'] }, Count),
  dropRanked: new Script('core/drop-ranked.lua', { keys: ['zset'], args: ['members[]'] }, Count),
  moveRanked: new Script('core/move-ranked.lua', { keys: ['zset'], args: ['score member'] }, Count),
  putText: new Script('core/put-text.lua', oneText, Count),
  addText: new Script('core/add-text.lua', oneText, Count),
  dropKey: new Script('core/drop-key.lua', { keys: ['key'], args: [] }, Count),
};

type Value = string | number | Buffer;

/** Writes a field of a hash, whatever it was. */
export async function putField(
  redis: Connection,
  key: string,
  field: string,
  value: Value,
): Promise<void> {
  await scripts.putField.run(redis, { hash: key }, { field, value });
}

/** Writes a field of a hash that has none of this name. */
export async function addField(
  redis: Connection,
  key: string,
  field: string,
  value: Value,
): Promise<void> {
  await scripts.addField.run(redis, { hash: key }, { field, value });
}

/** Removes up to 1000 fields of a hash; returns how many there were. */
export function dropFields(
  redis: Connection,
  key: string,
  fields: readonly string[],
): Promise<number> {
  return scripts.dropFields.run(redis, { hash: key }, { fields });
}

/** Removes up to 1000 members of a set; returns how many there were. */
export function dropMembers(
  redis: Connection,
  key: string,
  members: readonly string[],
): Promise<number> {
  return scripts.dropMembers.run(redis, { set: key }, { members });
}

/** Removes a member of a sorted set. */
export async function dropRanked(redis: Connection, key: string, member: string): Promise<void> {
  await scripts.dropRanked.run(redis, { zset: key }, { members: [member] });
}

/** Gives a member of a sorted set another score, if it is there. */
export async function moveRanked(
  redis: Connection,
  key: string,
  member: string,
  score: number,
): Promise<void> {
  await scripts.moveRanked.run(redis, { zset: key }, { score, member });
}

/** Writes a string, whatever it was; for a while, if that is given. */
export async function putText(
  redis: Connection,
  key: string,
  text: string,
  ttlMs: number | '' = '',
): Promise<void> {
  await scripts.putText.run(redis, { place: key }, { text, ttlMs });
}

/** Writes a string for a while; false, and nothing written, if it is there already. */
export async function addText(
  redis: Connection,
  key: string,
  text: string,
  ttlMs: number,
): Promise<boolean> {
  return (await scripts.addText.run(redis, { place: key }, { text, ttlMs })) === 1;
}

/** Removes a key; whether there was one. */
export async function dropKey(redis: Connection, key: string): Promise<boolean> {
  return (await scripts.dropKey.run(redis, { key }, {})) === 1;
}
