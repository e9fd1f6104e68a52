import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseJson } from '../../src/base/json.ts';
import { parseScenario } from '../../src/simulator/parse-scenario.ts';
import { isPrefectures, prefecturesOf } from '../../src/simulator/prefectures.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import type { Arguments } from './arguments.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { applySetting, type Setting, settingsOf } from './sweep.ts';

/** The presets of `examples/scenarios`. */
export const presets = [
  'hauts-de-seine-2019',
  'scalping-toy',
  'scalping-toy-low',
  'steady-state',
  'overload',
  'france',
] as const;

/** One scenario, or the same rules in many prefectures. */
export interface Plan {
  readonly setting: Setting;
  /** Of the file. */
  readonly name: string;
  readonly places: readonly Place[];
  readonly isPrefectures: boolean;
}

/** What happens in one place: its scenario, and the text that stands for its seed. */
export interface Place {
  /** Empty for a lone scenario. */
  readonly prefecture: string;
  readonly scenario: Scenario;
  readonly seed: string;
}

export interface Loaded {
  readonly preset: string | undefined;
  /** Of the scenario's file. */
  readonly path: string;
  readonly plans: readonly Plan[];
}

/** Reads the scenario and lays what the command line says over it. @throws Refusal, DomainError */
export async function load(args: Arguments): Promise<Loaded> {
  const preset = presets.find((name) => name === args.source);
  const path = preset
    ? fileURLToPath(new URL(`../../examples/scenarios/${preset}.json`, import.meta.url))
    : args.source;
  const value = parseJson(await readText(path, args.source));
  return {
    preset,
    path,
    plans: settingsOf(args.sweeps).map((setting) => plan(value, setting, args)),
  };
}

async function readText(path: string, name: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const isName = reasonOf(error) === 'ENOENT' && /^[A-Za-z0-9-]+$/.test(name);
    const hint = isName ? `; the presets are ${presets.join(', ')}` : '';
    throw new Refusal(`${name}: cannot be read (${reasonOf(error)})${hint}`, { cause: error });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Refusal(`${name}: must be UTF-8`, { cause: error });
  }
}

function plan(file: unknown, setting: Setting, args: Arguments): Plan {
  const { seed, policies, replications } = args;
  const lay = (scenario: Scenario): Scenario => ({
    ...scenario,
    ...(policies === undefined ? {} : { policies }),
    ...(replications === undefined ? {} : { replications }),
  });
  if (isPrefectures(file)) {
    const { name, prefectures } = prefecturesOf(file, (scenario) =>
      applySetting(scenario, setting),
    );
    const places = prefectures.map(({ prefecture, scenario }) => {
      return { prefecture, scenario: lay(scenario), seed: `${seed}:${prefecture}` };
    });
    return { setting, name, places, isPrefectures: true };
  }
  const scenario = lay(parseScenario(applySetting(file, setting)));
  const place = { prefecture: '', scenario, seed: String(seed) };
  return { setting, name: scenario.name, places: [place], isPrefectures: false };
}
