import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { asDataVersionError, DATA_VERSION } from './data-version.ts';
import type { Connection } from './redis.ts';

/**
 * A Lua script of a topic, `<topic>/<name>.lua`, whose reply is checked before anyone sees it. Before it stands a
 * guard: on data of another version than this code writes, nothing runs (ADR 0050).
 */
export class Script<Reply> {
  readonly #source: string;
  readonly #sha1: string;
  readonly #reply: z.ZodType<Reply>;

  /** Without a guard only what migrates data runs. */
  constructor(file: string, reply: z.ZodType<Reply>, { isGuarded = true } = {}) {
    this.#source = (isGuarded ? guard : '') + readScript(file);
    this.#sha1 = createHash('sha1').update(this.#source).digest('hex');
    this.#reply = reply;
  }

  /**
   * Runs the script; loads it first where the server does not know it yet.
   *
   * @throws DataVersionError if the data is of another version; nothing was written
   */
  async run(
    redis: Connection,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<Reply> {
    const raw = await redis
      .evalsha(this.#sha1, keys.length, ...keys, ...args)
      .catch((error: Error) => {
        if (!error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(this.#source, keys.length, ...keys, ...args);
      })
      .catch((error: Error) => {
        throw asDataVersionError(error, placeOf(keys));
      });
    return this.#reply.parse(raw);
  }
}

/**
 * Reads `<topic>/lua/<name>.lua`. Redis knows no modules, so the lines `-- include <name>` at the
 * head of a script are replaced by `core/lua/<name>.lua`: local functions that several scripts share.
 */
export function readScript(file: string): string {
  const lines = readLua(file).split('\n');
  const first = lines.findIndex((line) => !line.startsWith(INCLUDE));
  const shared = lines
    .slice(0, first)
    .map((line) => readLua(`core/${line.slice(INCLUDE.length).trim()}.lua`));
  return [...shared, ...lines.slice(first)].join('\n');
}

/** Of the errors of the guard: whose data it is. */
function placeOf([key = '']: readonly string[]): string {
  return `prefecture ${/\{([^}]*)\}/.exec(key)?.[1] ?? '?'}`;
}

const guard = readLua('core/guard-data.lua').replaceAll('EXPECTED', String(DATA_VERSION));

const INCLUDE = '-- include ';

function readLua(file: string): string {
  const path = file.replace('/', '/lua/');
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
