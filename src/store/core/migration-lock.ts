import { randomUUID } from 'node:crypto';
import { MIGRATION_LOCK_KEY } from './keys.ts';
import type { Connection } from './redis.ts';
import { Script, WriteWord } from './script.ts';

const holdLock = new Script(
  'core/hold-lock.lua',
  { keys: ['lock'], args: ['token holdMs'] },
  WriteWord,
  { isGuarded: false },
);

/** A holder that died, or hangs, has lost the lock after this. */
export const LOCK_MS = 30_000;

export interface Lock {
  readonly token: string;
  release(): Promise<void>;
}

/**
 * Takes the lock of migrations and holds it until it is released; undefined if another process has it.
 * It saves work and keeps the log readable. What keeps data whole is the fence of each prefecture: a
 * holder that lost the lock and does not know it cannot write.
 */
export async function takeLock(redis: Connection, lockMs: number): Promise<Lock | undefined> {
  const token = randomUUID();
  const reply = await redis.set(MIGRATION_LOCK_KEY, token, 'PX', lockMs, 'NX');
  if (reply !== 'OK') return undefined;
  const hold = (ms: number) =>
    holdLock.run(redis, { lock: MIGRATION_LOCK_KEY }, { token, holdMs: ms });
  // One that could not be renewed is renewed a third later, or lost: then the fence decides.
  const timer = setInterval(() => void hold(lockMs).catch(() => {}), lockMs / 3);
  return {
    token,
    release: async () => {
      clearInterval(timer);
      await hold(0);
    },
  };
}
