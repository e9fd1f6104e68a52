import { memberPath } from '../../src/base/parse-values.ts';
import { Refusal } from './refusal.ts';

/** A member of the scenario that takes several values, one after the other. */
export interface Sweep {
  readonly path: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The value that each path of a sweep has in one run. */
export type Setting = readonly { readonly sweep: Sweep; readonly value: unknown }[];

/** Reads `rules.ageing.ticketsPerMiss=0,1,2,4`. Values are JSON, or words. @throws Refusal */
export function parseSweep(text: string): Sweep {
  const equals = text.indexOf('=');
  const path = equals === -1 ? text : text.slice(0, equals);
  const names = parsePath(path);
  if (equals === -1 || names.length === 0) {
    throw new Refusal('--sweep: must be PATH=A,B,C, such as draws=26,52');
  }
  const values = parseValues(text.slice(equals + 1));
  if (values.length === 0)
    throw new Refusal(`--sweep: ${path} must have a value, such as draws=26,52`);
  return { path, names, values };
}

/** The names in `requestTypes.AES.noShow`, or in `requestTypes["a.b"].noShow`. */
function parsePath(path: string): string[] {
  const part = /(?:^|\.)([A-Za-z0-9_-]+)|\["([A-Za-z0-9._-]+)"\]/y;
  const names: string[] = [];
  for (let match = part.exec(path); match; match = part.exec(path)) {
    names.push(match[1] ?? match[2] ?? '');
    if (part.lastIndex === path.length) return names;
  }
  return [];
}

function parseValues(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(`[${text}]`);
    if (Array.isArray(values)) return values;
  } catch {
    // Words.
  }
  return text.split(',').map((word): unknown => {
    try {
      return JSON.parse(word);
    } catch {
      return word;
    }
  });
}

const mostRuns = 10_000;

/** Every combination of the values, the last sweep running fastest. @throws Refusal */
export function settingsOf(sweeps: readonly Sweep[]): Setting[] {
  const members = sweeps.map(({ names }) => JSON.stringify(names));
  const twice = sweeps.find((_, index) => members.indexOf(members[index] ?? '') < index);
  if (twice) throw new Refusal(`--sweep: must not name ${twice.path} twice`);
  if (sweeps.reduce((runs, { values }) => runs * values.length, 1) > mostRuns) {
    throw new Refusal(`--sweep: must not ask for more than ${mostRuns} runs`);
  }
  let settings: Setting[] = [[]];
  for (const sweep of sweeps) {
    settings = settings.flatMap((setting) =>
      sweep.values.map((value) => [...setting, { sweep, value }]),
    );
  }
  return settings;
}

/** A copy of a scenario with the setting's members in place. @throws Refusal */
export function applySetting(scenario: unknown, setting: Setting): unknown {
  let result = scenario;
  for (const { sweep, value } of setting) result = replace(result, sweep.names, value, '');
  return result;
}

function replace(target: unknown, names: readonly string[], value: unknown, path: string): unknown {
  const [name, ...deeper] = names;
  if (name === undefined) return value;
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    throw new Refusal(`${path || 'scenario'}: must be an object`);
  }
  const members = new Map<string, unknown>(Object.entries(target));
  const present = members.has(name) ? members.get(name) : {};
  members.set(name, replace(present, deeper, value, memberPath(path, name)));
  return Object.fromEntries(members);
}
