import { alignTable } from '../align-table.ts';
import type { TypeComparison } from './live-compare.ts';
import type { Range } from './live-odds.ts';
import type { LiveReport } from './live-run.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const chance = ({ waiting, drawn }: { waiting: number; drawn: number }) =>
  waiting === 0 ? '—' : percent(drawn / waiting);
const percents = ({ mean, low, high }: Range) =>
  `${percent(mean)} (${(100 * low).toFixed(1)}–${percent(high)})`;
const numbers = ({ mean, low, high }: Range) => `${mean.toFixed(1)} (${low}–${high})`;

/** What came of a run, for people. */
export function liveTable(report: LiveReport): string {
  const parts = [
    headText(report),
    typesText(report.comparison.requestTypes),
    drawText(report),
    botsText(report),
    trafficText(report),
    faultsText(report),
  ];
  return `${parts.join('\n\n').replaceAll(/[^\P{Cc}\n]/gu, ' ')}\n`;
}

function headText({ origin, prefecture, seed, people, bots, draw }: LiveReport): string {
  return (
    `${origin}, prefecture ${prefecture}, seed ${seed}\n` +
    `${people.joined} of ${people.asked} people and ${bots.joined} of ${bots.asked} bots joined; ` +
    `draw ${draw.id} was published after ${draw.seconds.toFixed(1)} s`
  );
}

function typesText(rows: readonly TypeComparison[]): string {
  const head = [
    'request type',
    'waiting',
    'drawn',
    'bots waiting',
    'bots drawn',
    'chance of people',
  ];
  const predicted = ['of bots', 'the model: chance', 'the model: bots drawn', ''];
  const lines = rows.map(({ requestType, people, bots, ...row }) => [
    requestType,
    String(people.waiting),
    String(people.drawn),
    String(bots.waiting),
    String(bots.drawn),
    chance(people),
    chance(bots),
    percents(row.predictedChance),
    numbers(row.predictedBots),
    row.isOutside ? 'outside' : '',
  ]);
  return alignTable([[...head, ...predicted], ...lines]);
}

function drawText({ comparison, answers }: LiveReport): string {
  const { places, modelDraws, requestTypes } = comparison;
  const others = requestTypes.reduce((sum, row) => sum + row.others.waiting, 0);
  return [
    `In brackets: 95 % of ${modelDraws} draws that the model made of the same pool; for bots, of a lottery`,
    'that cannot tell them from people. About one value in twenty lies outside by chance alone.',
    `${places} places; ${others} entries of others took part.`,
    `${answers.accept} people accepted, ${answers.decline} declined, ${answers.silent} stay silent: their offers are open,`,
    'for this command does not move the clock of the service.',
  ].join('\n');
}

function botsText({ bots, comparison, buyers }: LiveReport): string {
  const { botShareOfEntries, botShareOfDrawn, predictedBotShareOfDrawn } = comparison;
  const outside = comparison.isBotShareOutside ? ', outside' : '';
  return [
    `Bots looked ${bots.scrapes} times and saw ${bots.slotsSeen} of ${bots.slotsHidden} slots before the draw.`,
    `They are ${percent(botShareOfEntries)} of the entries and were drawn ${percent(botShareOfDrawn)} of the places ` +
      `(the model: ${percents(predictedBotShareOfDrawn)}${outside}).`,
    `They took and gave up ${buyers.givenUp} places for ${buyers.buyers} buyers; ${buyers.refilled} went to somebody else so far, ` +
      `${buyers.gotByBuyer} to the buyer (by chance: ${buyers.expectedByChance.toFixed(2)}).`,
    `Offered a place in the end: ${percent(buyers.buyerChance)} of the buyers, ${percent(buyers.otherChance)} of other people.`,
  ].join('\n');
}

function trafficText({ traffic }: LiveReport): string {
  const { requests, seconds, perSecond, routes, errors } = traffic;
  const ms = (value: number) => value.toFixed(1);
  const lines = routes.map((row) => [
    row.route,
    String(row.requests),
    ...[row.p50, row.p95, row.p99, row.max].map(ms),
  ]);
  const kinds = Object.entries(errors).map(([kind, count]) => `${count} × ${kind}`);
  return [
    `${requests} requests in ${seconds.toFixed(1)} s: ${perSecond.toFixed(0)} a second`,
    alignTable([['milliseconds', 'requests', 'p50', 'p95', 'p99', 'most'], ...lines]),
    `errors: ${kinds.length === 0 ? 'none' : kinds.join(', ')}`,
  ].join('\n');
}

function faultsText({ faults }: LiveReport): string {
  return faults.length === 0
    ? 'All as it should be.'
    : faults.map((one) => `wrong: ${one}`).join('\n');
}
