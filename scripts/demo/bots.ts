import { randomInt } from 'node:crypto';
import type { Progress } from '../progress.ts';
import { runLive } from '../simulate/live-run.ts';
import { liveTable } from '../simulate/live-table.ts';
import { createClient } from './client.ts';
import type { Example } from './example.ts';

interface BotsOptions {
  /** `http://host:port` of the service. */
  readonly origin: string;
  readonly example: Example;
  readonly adminKey: string;
  /** `YYYY-MM-DD`: when the two weeks of slots begin that are drawn here. */
  readonly monday: string;
  /** Where the service's mail sink puts its .eml files. */
  readonly mail: string;
  readonly signal: AbortSignal;
  readonly progress: (label: string, total: number) => Progress;
  readonly say: (line: string) => void;
}

/**
 * A small `simulate live` against the demo's service: people and bots join those who still wait and
 * compete in a draw of their own for two more weeks of slots. That draw closes the earlier one, so
 * the earlier record must be safe by now. Prints what came of it, and returns what was wrong.
 *
 * @throws Error if the run cannot go on.
 */
export async function playBots(options: BotsOptions): Promise<readonly string[]> {
  const { origin, example, adminKey, monday, mail, signal, progress, say } = options;
  const csv = example.slotsCsv(monday);
  await createClient(origin, example.id).request('POST', '/slots', { token: adminKey, csv });
  say(
    `\nas \`simulate live\` does it: bots among new people, two more weeks of slots from ${monday}`,
  );
  const report = await runLive(
    {
      origin,
      prefecture: example.id,
      key: adminKey,
      people: 120,
      bots: 20,
      pace: { concurrency: 16 },
      mail,
      minutes: 2,
      seed: randomInt(2 ** 47), // the same people cannot join twice
    },
    { signal, progress },
  );
  say(`\n${liveTable(report).trimEnd()}`);
  return report.faults;
}
