import { Command } from 'ioredis';
import type { Connection } from '#src/store/core/redis.ts';

/** What a faulty connection throws from its n-th command on. */
export class KilledError extends Error {
  constructor() {
    super('killed');
    this.name = 'KilledError';
  }
}

/** What ioredis gathers the commands of one pipeline or transaction in. */
interface Gathering {
  readonly isPipeline?: boolean;
  write(bytes: string): void;
}

/**
 * The connection as a process sees it that dies at its n-th command (1 is the first): that one and
 * all later ones throw `KilledError`. With `lost: 'command'` the n-th never reaches Redis; with
 * `lost: 'reply'` it takes effect there and only the answer is lost. A pipeline or a transaction
 * counts as one command, for it leaves in one piece. The given connection itself stays whole.
 */
export function failAfter<Some extends Connection>(
  redis: Some,
  n: number,
  { lost = 'command' }: { lost?: 'command' | 'reply' } = {},
): Some {
  let sent = 0;
  const ranks = new WeakMap<Gathering, number>();
  const rankOf = (gathering?: Gathering) => {
    const rank = (gathering && ranks.get(gathering)) ?? ++sent;
    if (gathering) ranks.set(gathering, rank);
    return rank;
  };
  const send = (command: Command, gathering?: Gathering, ...rest: unknown[]) => {
    const rank = rankOf(gathering);
    const pass = (one: Command): Promise<unknown> =>
      Reflect.apply(redis.sendCommand, redis, [one, gathering, ...rest]);
    if (rank < n) return pass(command);
    const kill = () => command.reject(new KilledError());
    if (rank === n && lost === 'reply') {
      // A copy travels in its place: the caller never sees what becomes of it.
      pass(new Command(command.name, [...command.args])).then(kill, kill);
    } else {
      gathering?.write('');
      kill();
    }
    return command.promise;
  };
  return new Proxy(redis, {
    get(target, name, receiver) {
      if (name === 'sendCommand') return send;
      return Reflect.get(target, name, receiver);
    },
  });
}

/**
 * Runs `work` as often as it takes, dying one command later each time, until it gets through;
 * calls `check` after each death. Returns how many times it died.
 */
export async function killEverywhere(
  redis: Connection,
  lost: 'command' | 'reply',
  work: (redis: Connection) => Promise<unknown>,
  check: (n: number) => Promise<unknown>,
): Promise<number> {
  for (let n = 1; ; n += 1) {
    const died = await work(failAfter(redis, n, { lost })).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof KilledError)) throw error;
        return true;
      },
    );
    if (!died) return n - 1;
    await check(n);
  }
}
