import { parseScenario } from '#src/simulator/parse-scenario.ts';
import type { ReportInput } from '../../scripts/simulate/report/view.ts';
import { runForReport } from '../../scripts/simulate/run-plans.ts';

const small = {
  name: 'small',
  draws: 6,
  warmup: 2,
  replications: 4,
  requestTypes: {
    AES: { arrivalsPerDraw: 8, slotsPerDraw: 5, backlog: 20, abandonPerDraw: 0.1 },
    VPF: { arrivalsPerDraw: 4, slotsPerDraw: 3, backlog: 6 },
  },
  rules: { ageing: { ticketsPerMiss: 1, maxTickets: 4 } },
  scalpers: { identities: 3, price: 100, costPerBooking: 1 },
  polls: { everyHours: 6 },
};

/** Runs a small scenario, changed, as a report needs it. */
export async function reportInput(change: object = {}): Promise<ReportInput> {
  // A member set to undefined is left out.
  const scenario = parseScenario(JSON.parse(JSON.stringify({ ...small, ...change })));
  const { signal } = new AbortController();
  return runForReport(scenario, { seed: 7, threads: 1, signal });
}
