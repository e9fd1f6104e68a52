/** A list at the end of the keys or of the arguments. */
export interface HeaderList {
  readonly name: string;
  /** How many there may be at most. */
  readonly most: number;
  /** What each of them holds, one JSON object; none: they are plain values. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
}

/** Names in the order of their numbers. */
export interface HeaderPart {
  readonly names: readonly string[];
  readonly list: HeaderList | undefined;
  /** Names that the body need not use. */
  readonly routes: readonly string[];
}

/** What a script takes, as its header says. */
export interface Header {
  readonly keys: HeaderPart;
  readonly args: HeaderPart;
}

/**
 * What keys may be. Keys that the script makes itself begin with a `prefix`. A `route` only says
 * which server of a cluster is meant: the script does not use it.
 */
const KEY_TYPES = ['string', 'hash', 'list', 'set', 'zset', 'any', 'prefix', 'route'];
/** Lua pushes a list as values of one call, of which it takes 8000. */
const MOST_OF_A_LIST = 5000;

const NUMBERED = /^-- (KEYS|ARGV)\[(\d+)(…?)\] +([a-z][a-z0-9_]*)(?: {2,}(.*))?$/;
const MEMBER = /^-- {3}\.([a-z][a-z0-9_]*)(\??)(?: {2,}.*)?$/;
const WORDS = new Set(
  `and break do else elseif end false for function if in local nil not or repeat return then true
   until while redis cjson string table math type tonumber tostring unpack next pairs ipairs`.split(
    /\s+/,
  ),
);

type Refuse = (why: string) => never;

/**
 * Reads the header of a script: the contract between it and TypeScript. Pure.
 *
 * @param refuse throws an Error that names the script
 */
export function readHeader(comments: readonly string[], refuse: Refuse): Header {
  if (!comments.some((line) => /^-- Returns /.test(line)))
    refuse('it does not say what it returns');
  const keys = readPart('KEYS', comments, refuse);
  const args = readPart('ARGV', comments, refuse);
  const unread = comments.find((line) => /KEYS|ARGV/.test(line) && !NUMBERED.test(line));
  if (unread !== undefined) refuse(`its header has a line nobody can read: ${unread}`);
  if (keys.list && keys.list.members.length > 0) refuse('keys have no members');
  const names = namesOf({ keys, args });
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) refuse(`${twice} is there twice`);
  const taken = names.find((name) => WORDS.has(name));
  if (taken !== undefined) refuse(`${taken} is a word of Lua`);
  return { keys, args };
}

/** Every name of a header, members apart. Pure. */
export function namesOf({ keys, args }: Header): string[] {
  return [keys, args].flatMap(({ names, list }) => [...names, ...(list ? [list.name] : [])]);
}

function readPart(kind: 'KEYS' | 'ARGV', comments: readonly string[], refuse: Refuse): HeaderPart {
  const names: string[] = [];
  const routes: string[] = [];
  let list: HeaderList | undefined;
  for (const [at, line] of comments.entries()) {
    const [, found, number, more, name = '', text = ''] = NUMBERED.exec(line) ?? [];
    if (found !== kind) continue;
    const expected = names.length + 1;
    if (list) refuse(`${kind}: nothing comes after the list ${list.name}`);
    if (Number(number) !== expected) refuse(`${kind}[${number}] stands where ${expected} is due`);
    const [type = ''] = text.split(' ');
    if (kind === 'KEYS' && !KEY_TYPES.includes(type)) {
      refuse(`KEYS[${number}] ${name} does not say its type`);
    }
    if (kind === 'KEYS' && type === 'route') routes.push(name);
    if (more === '') names.push(name);
    else list = readList(name, text, comments.slice(at + 1), refuse);
  }
  return { names, list, routes };
}

function readList(
  name: string,
  text: string,
  following: readonly string[],
  refuse: Refuse,
): HeaderList {
  const most = Number(/\bat most (\d+)/.exec(text)?.[1]);
  if (!(most <= MOST_OF_A_LIST)) refuse(`${name} needs a bound: at most ${MOST_OF_A_LIST}`);
  const end = following.findIndex((line) => !line.startsWith('--   '));
  const members = (end < 0 ? following : following.slice(0, end)).flatMap((line) => {
    const [, member, optional] = MEMBER.exec(line) ?? [];
    return member === undefined ? [] : [{ name: member, isOptional: optional === '?' }];
  });
  const twice = members.find(
    ({ name: one }, at) => members.findIndex((m) => m.name === one) !== at,
  );
  if (twice) refuse(`${name} has the member ${twice.name} twice`);
  return { name, most, members };
}

/**
 * Refuses a body that uses a number instead of a name, a member that the header does not have, or
 * none of what the header has. Pure.
 */
export function checkBody(body: string, header: Header, refuse: Refuse): void {
  if (/\[\[|\[=/.test(body)) refuse('long strings and comments are not read here');
  const code = body.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|--[^\n]*/g, ' ');
  const numbered = /\b(?:KEYS|ARGV)\b/.exec(code);
  if (numbered) refuse(`it uses ${numbered[0]} by number: its header gives names`);
  const used = new Set([...header.keys.routes, ...(code.match(/(?<!\.)\b[A-Za-z_]\w*/g) ?? [])]);
  const unused = namesOf(header).find((name) => !used.has(name));
  if (unused !== undefined) refuse(`${unused} is not used`);
  const members = new Set(header.args.list?.members.map(({ name }) => name));
  const libraries = new Set(['redis', 'cjson', 'string', 'table', 'math']);
  for (const [, of = '', member = ''] of code.matchAll(/(\b[A-Za-z_]\w*|\S)\.([A-Za-z_]\w*)/g)) {
    if (libraries.has(of) || of === '.') continue;
    if (!members.delete(member) && !isMember(header, member)) {
      refuse(`${of}.${member} is not in its header`);
    }
  }
  const [idle] = members;
  if (idle !== undefined) refuse(`.${idle} is not used`);
}

function isMember({ args }: Header, name: string): boolean {
  return args.list?.members.some((member) => member.name === name) ?? false;
}

/** Lua that gives what comes by number its names, and unpacks what comes encoded. Pure. */
export function nameArguments({ keys, args }: Header): string {
  const lines = [...namePart('KEYS', keys), ...namePart('ARGV', args)];
  const { list } = args;
  if (list && list.members.length > 0) {
    lines.push(
      `for at = 1, #${list.name} do ${list.name}[at] = cjson.decode(${list.name}[at]) end`,
    );
  }
  return lines.join('\n');
}

function namePart(kind: 'KEYS' | 'ARGV', { names, list }: HeaderPart): string[] {
  const numbers = names.map((_, at) => `${kind}[${at + 1}]`);
  return [
    ...(names.length > 0 ? [`local ${names.join(', ')} = ${numbers.join(', ')}`] : []),
    ...(list ? [`local ${list.name} = { unpack(${kind}, ${names.length + 1}) }`] : []),
  ];
}
