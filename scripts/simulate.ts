import { DomainError } from '../src/base/errors.ts';
import { type Arguments, readArguments } from './simulate/arguments.ts';
import { checkDistinct, checkWritable, type Wanted, writeFiles } from './simulate/files.ts';
import { toCsv, toJson } from './simulate/formats.ts';
import { type Loaded, load } from './simulate/load.ts';
import { Refusal } from './simulate/refusal.ts';
import { type PlanResult, type RunOptions, runForReport, runPlans } from './simulate/run-plans.ts';
import { toTable } from './simulate/table.ts';

/** The exit code of a command ended by Ctrl-C. */
const interrupted = 130;

/** Simulates a scenario, or drives a live service; answers with the exit code. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    if (args[0] === 'live') {
      const { live } = await import('./simulate/live.ts');
      return await live(args.slice(1), signal);
    }
    await simulateFrom(readArguments(args), signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return interrupted;
    if (error instanceof Refusal) return refuse(error.message);
    if (error instanceof DomainError) {
      return refuse(`${error.member || 'scenario'}: ${error.message}`);
    }
    throw error;
  }
}

async function simulateFrom(args: Arguments, signal: AbortSignal): Promise<void> {
  const loaded = await load(args);
  if (args.reportPath !== undefined) checkReportable(loaded, args);
  const named = [
    { option: 'the scenario', path: loaded.path },
    { option: '--csv', path: args.csvPath },
    { option: '--report', path: args.reportPath },
  ].flatMap(({ option, path }) => (path === undefined ? [] : [{ option, path }]));
  await checkDistinct(named);
  await checkWritable(named.slice(1).map(({ path }) => path));
  const options = { seed: args.seed, threads: args.threads, signal };
  const { results, report } = await run(loaded, args, options);
  const files: Wanted[] = [];
  if (args.csvPath !== undefined) files.push({ path: args.csvPath, text: toCsv(results) });
  if (args.reportPath !== undefined) files.push({ path: args.reportPath, text: report });
  signal.throwIfAborted();
  await writeFiles(files);
  process.stdout.write(args.isJson ? toJson(results, args.seed) : toTable(results, args.seed));
}

/** A report shows one scenario, with its variants. @throws Refusal */
function checkReportable({ plans }: Loaded, { source, sweeps }: Arguments): void {
  if (sweeps.length > 0) {
    throw new Refusal('--report: shows one scenario, so it does not go with --sweep; --csv does');
  }
  if (plans.some(({ isPrefectures }) => isPrefectures)) {
    throw new Refusal(
      `--report: shows one scenario, but ${source} holds several prefectures; --csv takes them`,
    );
  }
}

interface Ran {
  readonly results: readonly PlanResult[];
  /** Empty unless asked for. */
  readonly report: string;
}

async function run({ plans, preset }: Loaded, args: Arguments, options: RunOptions): Promise<Ran> {
  if (args.reportPath === undefined) return { results: await runPlans(plans, options), report: '' };
  const [plan] = plans;
  const [place] = plan?.places ?? [];
  if (!plan || !place) throw new Error('there is always a plan with a place');
  const { renderReport } = await import('./simulate/report.ts');
  const { output, series } = await runForReport(place.scenario, options);
  const report = renderReport({ output, series, ...(preset === undefined ? {} : { preset }) });
  return { results: [{ plan, outputs: [output], national: [] }], report };
}

/** One line, whatever a scenario put into its names. */
function refuse(message: string): number {
  process.stderr.write(`${message.replaceAll(/\p{Cc}+/gu, ' ')}\n`);
  return 2;
}

const controller = new AbortController();
// A reader such as `head` may have gone.
process.stdout.on('error', () => process.exit());
process.once('SIGINT', () => controller.abort());
process.exitCode = await main(process.argv.slice(2), controller.signal);
