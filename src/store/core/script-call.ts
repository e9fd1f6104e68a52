import type { Header, HeaderList, HeaderPart } from './script-header.ts';

/**
 * The names of a script as TypeScript writes them: `drawNumber` is `draw_number` in its header. One
 * that ends in `[]` is the list at the end. `members`: what each argument of that list holds; one
 * that ends in `?` may be absent. A text may hold several names, spaces between; their order is
 * that of the header, whatever stands here.
 */
export interface ScriptNames {
  readonly keys: readonly string[];
  readonly args: readonly string[];
  readonly members?: readonly string[];
}

/** A plain argument. Text that is stored stays as it is, byte for byte. */
export type ScriptValue = string | number | Buffer;
/** A member of an argument in JSON. `null` and objects would be something else in Lua. */
export type MemberValue = string | number | readonly string[];

type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}`
  ? Word | Words<Rest>
  : Text;
type One<Name extends string> = Name extends `${string}[]` ? never : Name;
type Many<Name extends string> = Name extends `${infer List}[]` ? List : never;
type Needed<Name extends string> = Name extends `${string}?` ? never : Name;
type Optional<Name extends string> = Name extends `${infer Member}?` ? Member : never;

type ItemOf<Name extends string> = { readonly [Member in Needed<Name>]: MemberValue } & {
  readonly [Member in Optional<Name>]?: MemberValue | undefined;
};
type ListedBy<Names extends ScriptNames> = Names extends {
  readonly members: readonly (infer Name extends string)[];
}
  ? ItemOf<Words<Name>>
  : ScriptValue;

/** The keys that a script takes, by name. */
export type KeysOf<Names extends ScriptNames> = {
  readonly [Name in One<Words<Names['keys'][number]>>]: string;
} & { readonly [Name in Many<Words<Names['keys'][number]>>]: readonly string[] };
/** The arguments that a script takes, by name. */
export type ArgsOf<Names extends ScriptNames> = {
  readonly [Name in One<Words<Names['args'][number]>>]: ScriptValue;
} & { readonly [Name in Many<Words<Names['args'][number]>>]: readonly ListedBy<Names>[] };

/** Puts named values in the order of their numbers. Made once, at load. */
export type Places = (given: object, into: ScriptValue[]) => void;

type Given = Readonly<Record<string, unknown>>;
type Refuse = (why: string) => never;

/**
 * Compares what TypeScript says a script takes with what the script says. Pure.
 *
 * @param refuse throws an Error that names the script
 */
export function checkNames({ keys, args }: Header, names: ScriptNames, refuse: Refuse): void {
  const members = args.list?.members.map(
    ({ name, isOptional }) => `${name}${isOptional ? '?' : ''}`,
  );
  const sides = [
    ['keys', listed(keys), names.keys],
    ['arguments', listed(args), names.args],
    ['members', members ?? [], names.members ?? []],
  ] as const;
  for (const [what, written, declared] of sides) {
    const inLua = declared.flatMap((text) => text.split(' ')).map(luaName);
    const missing = written.find((name) => !inLua.includes(name));
    if (missing !== undefined) refuse(`TypeScript does not name ${missing} among its ${what}`);
    const unknown = inLua.find((name) => !written.includes(name));
    if (unknown !== undefined) refuse(`it has no ${unknown} among its ${what}`);
    if (inLua.length !== written.length) refuse(`TypeScript names one of its ${what} twice`);
  }
}

function listed({ names, list }: HeaderPart): string[] {
  return [...names, ...(list ? [`${list.name}[]`] : [])];
}

function luaName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function ourName(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** How a part of a call is put in order; names are looked up here, not at each call. Pure. */
export function placesOf({ names, list }: HeaderPart, refuse: Refuse): Places {
  const ours = names.map(ourName);
  const count = ours.length + (list ? 1 : 0);
  const putList = list && listPlaces(list, refuse);
  return (object, into) => {
    const given = object as Given; // looked at name by name, here and nowhere else
    for (const name of ours) {
      const value = given[name];
      if (value === undefined) refuse(`${name} is missing`);
      into.push(value as ScriptValue); // by the type of `run`
    }
    putList?.(given, into);
    if (Object.keys(given).length !== count)
      refuse(`it takes nothing but ${[...ours, list?.name]}`);
  };
}

function listPlaces(list: HeaderList, refuse: Refuse): Places {
  const ours = ourName(list.name);
  const encode = list.members.length > 0 ? encoderOf(list, refuse) : undefined;
  return (object, into) => {
    const values = (object as Given)[ours]; // looked at just below
    if (!Array.isArray(values)) return refuse(`${ours} is missing`);
    if (values.length > list.most) refuse(`${values.length} ${ours}, and ${list.most} at most`);
    for (const value of values) into.push(encode ? encode(value) : value);
  };
}

/** Encodes an item as the script decodes it: one JSON object, no member without a value. */
function encoderOf({ name: listName, members }: HeaderList, refuse: Refuse) {
  const names = members.map(({ name, isOptional }) => ({ name, ours: ourName(name), isOptional }));
  return (item: Given): string => {
    const encoded: Record<string, unknown> = {};
    let absent = 0;
    for (const { name, ours, isOptional } of names) {
      const value = item[ours];
      if (value === undefined) {
        if (!isOptional) refuse(`${ours} is missing in one of its ${listName}`);
        if (!Object.hasOwn(item, ours)) absent += 1;
        continue;
      }
      if (typeof value === 'number') checkNumber(ours, value, refuse);
      encoded[name] = value;
    }
    if (Object.keys(item).length !== names.length - absent) {
      refuse(`one of its ${listName} has a member that is not in the header`);
    }
    return JSON.stringify(encoded);
  };
}

/** Lua has no integers: it writes out fourteen digits of a number, and rounds what has more. */
function checkNumber(name: string, value: number, refuse: Refuse): void {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e14) {
    refuse(`${name} is ${value}: numbers are whole and below 10^14`);
  }
}
