import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { asDataVersionError, DATA_VERSION } from './data-version.ts';
import type { Connection } from './redis.ts';
import {
  type ArgsOf,
  checkNames,
  type KeysOf,
  type Places,
  placesOf,
  type ScriptNames,
  type ScriptValue,
} from './script-call.ts';
import { checkBody, type Header, nameArguments, namesOf, readHeader } from './script-header.ts';

/**
 * What a script answers that writes only if nobody changed what its caller has read: `done`, or
 * `conflict` and nothing was written. Others stand beside these where they mean something else.
 */
export const WriteWord = z.enum(['done', 'conflict']);
export type WriteWord = z.infer<typeof WriteWord>;

/**
 * A Lua script of a topic, `<topic>/<name>.lua`. What it takes is said in its header, and again
 * here: where the two differ it does not load. Before it stands a guard: on data of another version
 * than this code writes, nothing runs (ADR 0050). Its reply is checked before anyone sees it.
 */
export class Script<Reply, const Names extends ScriptNames> {
  readonly #source: string;
  readonly #sha1: string;
  readonly #reply: z.ZodType<Reply>;
  readonly #keys: Places;
  readonly #args: Places;
  /** How many arguments its list takes at most; 0 without a list. */
  readonly most: number;

  /**
   * Without a guard only what migrates data runs.
   *
   * @throws Error if the header is not what the body or `names` say
   */
  constructor(file: string, names: Names, reply: z.ZodType<Reply>, { isGuarded = true } = {}) {
    const { source, header } = loadScript(file);
    const refuse = refusing(file);
    checkNames(header, names, refuse);
    this.#source = (isGuarded ? guard : '') + source;
    this.#sha1 = createHash('sha1').update(this.#source).digest('hex');
    this.#reply = reply;
    this.#keys = placesOf(header.keys, refuse);
    this.#args = placesOf(header.args, refuse);
    this.most = header.args.list?.most ?? 0;
  }

  /**
   * Runs the script; loads it first where the server does not know it yet.
   *
   * @throws DataVersionError if the data is of another version; nothing was written
   * @throws Error for a name that is missing or unknown, or a list that is too long
   */
  async run(redis: Connection, keys: KeysOf<Names>, args: ArgsOf<Names>): Promise<Reply> {
    const call: ScriptValue[] = [];
    this.#keys(keys, call);
    const keyCount = call.length;
    this.#args(args, call);
    const raw = await redis
      .evalsha(this.#sha1, keyCount, ...call)
      .catch((error: Error) => {
        if (!error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(this.#source, keyCount, ...call);
      })
      .catch((error: Error) => {
        throw asDataVersionError(error, placeOf(call));
      });
    return this.#reply.parse(raw);
  }
}

/** The text of a script as Redis gets it. @throws Error if its header and its body differ */
export function readScript(file: string): string {
  return loadScript(file).source;
}

function loadScript(file: string) {
  return compileScript(file, readLua(file), (name) => readLua(`core/${name}.lua`));
}

/**
 * Makes a script whole. Redis knows no modules, so the lines `-- include <name>` at its head are
 * replaced by `core/lua/<name>.lua`: local functions that several scripts share. Behind them stand
 * the names that the header gives to keys and arguments. Pure.
 *
 * @throws Error if the header cannot be read, or the body uses something else
 */
export function compileScript(
  file: string,
  text: string,
  readShared: (name: string) => string,
): { readonly source: string; readonly header: Header } {
  const refuse = refusing(file);
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith(INCLUDE));
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const header = readHeader(lines.slice(first, end), refuse);
  const body = lines.slice(end).join('\n');
  checkBody(body, header, refuse);
  const shared = lines.slice(0, first).map((line) => readShared(line.slice(INCLUDE.length).trim()));
  const names = namesOf(header);
  for (const [, local = ''] of shared.join('\n').matchAll(/^local (?:function )?(\w+)/gm)) {
    if (names.includes(local)) refuse(`${local} is what it includes`);
  }
  const comments = lines.slice(first, end).join('\n');
  return { source: [...shared, comments, nameArguments(header), body].join('\n'), header };
}

/** Of the errors of the guard: whose data it is. */
function placeOf([key = '']: readonly ScriptValue[]): string {
  return `prefecture ${/\{([^}]*)\}/.exec(`${key}`)?.[1] ?? '?'}`;
}

const guard = readLua('core/guard-data.lua').replaceAll('EXPECTED', String(DATA_VERSION));

const INCLUDE = '-- include ';

function refusing(file: string) {
  return (why: string): never => {
    throw new Error(`script ${file}: ${why}`);
  };
}

function readLua(file: string): string {
  const path = file.replace('/', '/lua/');
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
