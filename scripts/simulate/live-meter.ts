import { setTimeout as delay } from 'node:timers/promises';
import type { Send } from '../demo/client.ts';

export interface RouteTimes {
  /** Method and path with `{id}` for what differs from one entry or draw to another. */
  readonly route: string;
  readonly requests: number;
  /** Milliseconds until the whole answer was read, exact. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Traffic {
  readonly seconds: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly routes: readonly RouteTimes[];
  /** How often each status and problem code came that was not asked for. */
  readonly errors: Readonly<Record<string, number>>;
}

/** Sends requests, and remembers how each went. */
export interface Meter {
  /** What sends; a status in `expected` is no error. Waits and tries again when told to (429). */
  sender(expected?: readonly number[]): Send;
  traffic(): Traffic;
}

interface MeterOptions {
  /** Ends everything under way. */
  readonly signal: AbortSignal;
  /** Requests after which nothing is sent any more. This also bounds what is remembered. */
  readonly most: number;
}

const TIMEOUT_MS = 30_000;
const MOST_WAIT_SECONDS = 60;

/** Makes a meter. Its clock starts with the first request. */
export function createMeter({ signal, most }: MeterOptions): Meter {
  const times = new Map<string, number[]>();
  const errors = new Map<string, number>();
  const count = (kind: string) => errors.set(kind, (errors.get(kind) ?? 0) + 1);
  let requests = 0;
  let started: number | undefined;
  let last = 0;

  const once = async (url: string, init: RequestInit): Promise<Response> => {
    signal.throwIfAborted();
    if (requests >= most) throw new Error(`more than ${most} requests: stopped`);
    requests += 1;
    const begun = performance.now();
    started ??= begun;
    try {
      const response = await fetch(url, {
        ...init,
        // Nothing may lead away from this machine.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const body = await response.arrayBuffer();
      const route = routeOf(init.method ?? 'GET', url);
      last = performance.now();
      const list = times.get(route);
      if (list) list.push(last - begun);
      else times.set(route, [last - begun]);
      const { status, headers } = response;
      return new Response(status === 204 || status === 304 ? null : body, { status, headers });
    } catch (error) {
      if (!signal.aborted) count('no answer');
      throw error;
    }
  };

  return {
    sender:
      (expected = []) =>
      async (url, init = {}) => {
        while (true) {
          const response = await once(url, init);
          if (!response.ok && !expected.includes(response.status)) count(await kindOf(response));
          if (response.status !== 429) return response;
          const seconds = Number(response.headers.get('retry-after') ?? 1);
          await delay(1000 * Math.min(Math.max(seconds, 1), MOST_WAIT_SECONDS), undefined, {
            signal,
          });
        }
      },
    traffic() {
      const seconds = started === undefined ? 0 : (last - started) / 1000;
      return {
        seconds,
        requests,
        perSecond: seconds === 0 ? 0 : requests / seconds,
        routes: [...times].map(([route, list]) => summary(route, list)).sort(byRequests),
        errors: Object.fromEntries([...errors].sort()),
      };
    },
  };
}

/** `404 entry_not_found`: the status and, where the answer has one, its problem code. */
async function kindOf(response: Response): Promise<string> {
  const text = await response.clone().text();
  const code = /"code":"([a-z_]{1,40})"/.exec(text)?.[1];
  return code === undefined ? `${response.status}` : `${response.status} ${code}`;
}

/** The pattern of a request's route. Pure. */
export function routeOf(method: string, url: string): string {
  const path = new URL(url).pathname
    .replace(/^\/v1\/prefectures\/[^/]+/, '')
    .replace(/^\/(entries|draws|offers|appointments)\/[^/]+/, '/$1/{id}');
  return `${method} ${path === '' ? '/' : path}`;
}

function summary(route: string, list: readonly number[]): RouteTimes {
  const sorted = Float64Array.from(list).sort();
  return {
    route,
    requests: sorted.length,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
  };
}

/** The least value that so many percent do not exceed (nearest rank); 0 of nothing. Pure. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

function byRequests(one: RouteTimes, other: RouteTimes): number {
  return other.requests - one.requests || (one.route < other.route ? -1 : 1);
}
