import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What one demo leaves for the next, besides the service's own data. */
const DemoState = z.strictObject({
  adminKey: z.string(),
  /** The demo lets days pass: how far its clock is ahead of the real one. */
  clockAheadMs: z.number().min(0),
  /** Each crowd that joined: it can be invented again. */
  crowds: z.array(z.strictObject({ seed: z.string(), people: z.int(), monday: z.string() })),
  /** When the slots begin over which bots competed. Absent in what an earlier version left. */
  botMondays: z.array(z.string()).default([]),
});
export type DemoState = z.infer<typeof DemoState>;

/** Reads what the last demo left, if there was one. */
export function readDemoState(file: string): DemoState | undefined {
  try {
    return DemoState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is not what a demo leaves: run \`make clean\``, { cause: error });
  }
}

/** Keeps it for the next demo; readable by its owner only, for it holds an agent's key. */
export function writeDemoState(file: string, state: DemoState): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

/**
 * The Monday (`YYYY-MM-DD`) on which the next two weeks of slots begin: at least 12 days ahead, so
 * that there is time to draw, answer and refill, and after all those in `loaded`.
 */
export function nextMonday(nowMs: number, loaded: readonly string[]): string {
  const day = 86_400_000;
  const last = loaded.toSorted().at(-1);
  const least = Math.max(
    nowMs + 12 * day,
    last === undefined ? 0 : Date.parse(`${last}T00:00:00Z`) + 14 * day,
  );
  const date = new Date(Math.ceil(least / day) * day);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
