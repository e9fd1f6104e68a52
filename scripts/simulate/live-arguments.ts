import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import { Refusal } from './refusal.ts';

export const liveUsage =
  'usage: npm run --silent simulate -- live URL --people N --rate R|--concurrency C [--bots K] ' +
  '[--key AGENT_KEY, or TIRAGE_AGENT_KEY in the environment] [--mail DIR] [--prefecture ID] [--seed N] [--minutes M] [--json]';

/** How the crowd arrives: so many a second, or so many at the same time. */
export type Pace = { readonly rate: number } | { readonly concurrency: number };

export interface LiveArguments {
  /** `http://host:port` of a service on this machine. */
  readonly origin: string;
  readonly people: number;
  readonly bots: number;
  readonly pace: Pace;
  /** API key of an agent who may plan draws: a supervisor or an admin. */
  readonly key: string;
  /** Where the service's mail sink puts its .eml files. */
  readonly mail: string;
  readonly prefecture: string;
  /** Absent: another crowd each time, since the same people cannot join twice. */
  readonly seed: number | undefined;
  readonly minutes: number;
  readonly isJson: boolean;
}

/**
 * Reads what follows `live` on the command line. The key may stand in `TIRAGE_AGENT_KEY` instead,
 * where the list of processes does not show it. @throws Refusal
 */
export function readLiveArguments(
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): LiveArguments {
  const { values, positionals } = parse(args);
  const [url, ...others] = positionals;
  if (url === undefined) throw new Refusal(liveUsage);
  if (others.length > 0) throw new Refusal(`${others[0]}: only one address; ${liveUsage}`);
  const { people, rate, concurrency, bots, mail, prefecture, seed, minutes } = values;
  const origin = loopbackOrigin(url);
  if (people === undefined) throw new Refusal(`--people: must be given; ${liveUsage}`);
  if ((rate === undefined) === (concurrency === undefined)) {
    throw new Refusal(`--rate or --concurrency: one of them must be given; ${liveUsage}`);
  }
  const key = values.key ?? env.TIRAGE_AGENT_KEY ?? '';
  if (key === '') throw new Refusal(`--key: must be given, or TIRAGE_AGENT_KEY; ${liveUsage}`);
  if (mail === '') throw new Refusal('--mail: must not be empty');
  if (!/^[A-Za-z0-9._-]{1,48}$/.test(prefecture)) throw new Refusal('--prefecture: is no id');
  return {
    origin,
    people: integer(people, '--people', 1, 100_000),
    bots: integer(bots, '--bots', 0, 10_000),
    pace:
      rate === undefined
        ? { concurrency: integer(concurrency ?? '', '--concurrency', 1, 1000) }
        : { rate: integer(rate, '--rate', 1, 10_000) },
    key,
    mail,
    prefecture,
    seed: seed === undefined ? undefined : integer(seed, '--seed', 0, Number.MAX_SAFE_INTEGER),
    minutes: integer(minutes, '--minutes', 1, 240),
    isJson: values.json,
  };
}

/**
 * The origin of a service on this machine. Anything else is refused: a crowd of false people let
 * loose on somebody's service would be an attack.
 */
export function loopbackOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:') throw new Refusal('URL: must begin with http://');
  const { hostname } = url;
  const isLoopback =
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'));
  if (!isLoopback) {
    throw new Refusal('URL: must be on this machine (localhost, 127.0.0.0/8 or [::1])');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new Refusal('URL: must be an origin only, like http://127.0.0.1:3000');
  }
  return url.origin;
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        people: text,
        rate: text,
        concurrency: text,
        bots: { type: 'string', default: '0' },
        key: text,
        mail: { type: 'string', default: './data/mail' },
        prefecture: { type: 'string', default: '92' },
        seed: text,
        minutes: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const option = /--?[^'\s=]+/.exec(message)?.[0] ?? 'option';
    throw new Refusal(`${option}: is no option, or lacks its value; ${liveUsage}`, {
      cause: error,
    });
  }
}

function integer(text: string, option: string, min: number, max: number): number {
  const value = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new Refusal(`${option}: must be an integer, ${min} to ${max}`);
}
