import { parseArgs } from 'node:util';
import { DomainError } from '../../src/base/errors.ts';
import { parsePolicies } from '../../src/simulator/parse-scenario.ts';
import type { Policy } from '../../src/simulator/scenario.ts';
import { Refusal } from './refusal.ts';
import { parseSweep, type Sweep } from './sweep.ts';

export const usage =
  'usage: npm run --silent simulate -- SCENARIO.json|PRESET --seed N [--policy P] ' +
  '[--replications R] [--sweep PATH=A,B,C] [--json] [--csv FILE] [--report FILE.html] [--threads T]; or: simulate -- live URL …';

export interface Arguments {
  /** A file or the name of a preset. */
  readonly source: string;
  readonly seed: number;
  readonly policies: readonly Policy[] | undefined;
  readonly replications: number | undefined;
  readonly sweeps: readonly Sweep[];
  readonly isJson: boolean;
  readonly csvPath: string | undefined;
  readonly reportPath: string | undefined;
  /** Absent: as many as the machine has cores. */
  readonly threads: number | undefined;
}

/** Reads the command line. @throws Refusal */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [source, ...others] = positionals;
  if (source === undefined) throw new Refusal(usage);
  if (others.length > 0) throw new Refusal(`${others[0]}: only one scenario at a time; ${usage}`);
  const seed = once(values.seed, 'seed');
  if (seed === undefined) throw new Refusal(`--seed: must be given; ${usage}`);
  const policy = once(values.policy, 'policy');
  const replications = once(values.replications, 'replications');
  const threads = once(values.threads, 'threads');
  const csvPath = once(values.csv, 'csv');
  const reportPath = once(values.report, 'report');
  return {
    source,
    seed: integer(seed, '--seed', 0, Number.MAX_SAFE_INTEGER),
    policies: policy === undefined ? undefined : readPolicies(policy),
    replications:
      replications === undefined ? undefined : integer(replications, '--replications', 1, 10_000),
    sweeps: (values.sweep ?? []).map(parseSweep),
    isJson: values.json ?? false,
    csvPath,
    reportPath,
    threads: threads === undefined ? undefined : integer(threads, '--threads', 1, 256),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: text,
        policy: text,
        replications: text,
        sweep: text,
        json: { type: 'boolean' },
        csv: text,
        report: text,
        threads: text,
      },
      allowPositionals: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const option = /--?[^'\s=]+/.exec(message)?.[0] ?? 'option';
    throw new Refusal(`${option}: is no option, or lacks its value; ${usage}`, { cause: error });
  }
}

function once(values: readonly string[] | undefined, name: string): string | undefined {
  if (values && values.length > 1) throw new Refusal(`--${name}: must be given once`);
  if (values?.[0] === '') throw new Refusal(`--${name}: must not be empty`);
  return values?.[0];
}

function integer(text: string, option: string, min: number, max: number): number {
  const value = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new Refusal(`${option}: must be an integer, ${min} to ${max}`);
}

function readPolicies(text: string): readonly Policy[] {
  try {
    return parsePolicies(text.split(','), '--policy');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Refusal(`--policy: ${error.message}`, { cause: error });
  }
}
