import { Command } from 'ioredis';
import type { Connection } from '#src/store/redis.ts';

/** What a faulty connection throws from its n-th command on. */
export class KilledError extends Error {
  constructor() {
    super('killed');
    this.name = 'KilledError';
  }
}

/**
 * The connection as a process sees it that dies at its n-th command (1 is the first): that one and
 * all later ones throw `KilledError`. With `lost: 'command'` the n-th never reaches Redis; with
 * `lost: 'reply'` it takes effect there and only the answer is lost. The given connection itself
 * stays whole.
 */
export function failAfter<Some extends Connection>(
  redis: Some,
  n: number,
  { lost = 'command' }: { lost?: 'command' | 'reply' } = {},
): Some {
  let sent = 0;
  const send = (command: Command, ...rest: unknown[]) => {
    sent += 1;
    if (sent < n) return Reflect.apply(redis.sendCommand, redis, [command, ...rest]);
    if (sent === n && lost === 'reply') {
      const copy = new Command(command.name, command.args.slice() as string[]); // as it came
      const killed = redis.sendCommand(copy) as Promise<unknown>; // a promise, for it has no callback
      killed.then(
        () => command.reject(new KilledError()),
        () => command.reject(new KilledError()),
      );
    } else {
      command.reject(new KilledError());
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
