import { randomInt } from 'node:crypto';
import { startProgress } from '../progress.ts';
import { readLiveArguments } from './live-arguments.ts';
import { runLive } from './live-run.ts';
import { liveTable } from './live-table.ts';
import { Refusal } from './refusal.ts';

/**
 * `simulate live`: runs, prints, and answers with the exit code: 0, or 1 if the service misbehaved.
 *
 * @throws Refusal for bad options.
 */
export async function live(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { isJson, seed = randomInt(2 ** 47), ...options } = readLiveArguments(args, process.env);
  try {
    const report = await runLive({ ...options, seed }, { signal, progress: startProgress });
    process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : liveTable(report));
    return report.faults.length === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted || error instanceof Refusal || !(error instanceof Error)) throw error;
    // What a service answers is not ours: one line, whatever stands in it.
    process.stderr.write(`${error.message.replaceAll(/\p{Cc}+/gu, ' ')}\n`);
    return 1;
  }
}
