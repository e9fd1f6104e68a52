import type { Language } from '../../../src/base/languages.ts';
import { rebookingChance } from '../../../src/simulator/resale.ts';
import type { RequestTypeScenario, Scalpers, Scenario } from '../../../src/simulator/scenario.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
import { switchNames } from './variant-figures.ts';
import type { ReportInput } from './view.ts';
import { policyNames, same, say, type Text, written } from './wording.ts';

/** The scenario in words: a sentence for each thing it says. */
export function question({ output }: ReportInput): Text[] {
  const { scenario } = output;
  const { draws, warmup, drawEveryDays, replications, sharedSlotsPerDraw } = scenario;
  return [
    (language) => {
      const policies = scenario.policies.map((policy) => policyNames[policy](language)).join(', ');
      const numbers = { draws, days: drawEveryDays, warmup, replications };
      return textsOf('report', language)('asked.draws', { ...numbers, policies });
    },
    ...Object.keys(scenario.requestTypes).map((type) => typeInWords(scenario, type)),
    ...(sharedSlotsPerDraw > 0
      ? [
          (language: Language) => {
            const places = written(sharedSlotsPerDraw, 'number', language);
            return textsOf('report', language)('asked.shared', { places });
          },
        ]
      : []),
    ...rulesInWords(scenario),
    scalpersInWords(scenario),
    ...pollsInWords(scenario),
  ];
}

function typeInWords(scenario: Scenario, name: string): Text {
  const type = scenario.requestTypes[name];
  if (!type) return same(name);
  const { arrivalsPerDraw, slotsPerDraw, backlog, abandonPerDraw, noShow } = type;
  return (language) => {
    const number = (value: number) => written(value, 'number', language);
    const share = (value: number) => written(value, 'share', language);
    const said = textsOf('report', language)('asked.type', {
      name,
      arrivals: number(arrivalsPerDraw),
      slots: number(slotsPerDraw),
      backlog: number(backlog),
      abandon: share(abandonPerDraw),
      noShow: share(noShow),
    });
    return clauses([said, ...restInWords(scenario, type, language)], language);
  };
}

/** What only some request types have, and only some scenarios use. */
function restInWords(
  { rules, polls }: Scenario,
  { priorityShare, bookingsPerHour }: RequestTypeScenario,
  language: Language,
): string[] {
  const text = textsOf('report', language);
  const share = written(priorityShare, 'share', language);
  const isPriority = priorityShare > 0 && (rules.priorityMax ?? 0) > 0;
  const speed = polls && bookingsPerHour;
  return [
    ...(isPriority ? [text('asked.type.priority', { share })] : []),
    ...(speed === undefined
      ? []
      : [text('asked.type.bookings', { speed: written(speed, 'number', language) })]),
  ];
}

/** A sentence of clauses. */
function clauses(parts: readonly string[], language: Language): string {
  const text = textsOf('report', language);
  return `${parts.reduce((first, next) => text('asked.and', { first, next }))}.`;
}

function scalpersInWords({ scalpers }: Scenario): Text {
  if (!scalpers) return say('asked.noScalper');
  return (language) => {
    const identities = written(scalpers.identities, 'number', language);
    const price = written(scalpers.price, 'number', language);
    const types = scalpers.requestTypes.join(', ');
    const cost = written(scalpers.costPerBooking, 'number', language);
    const won = written(rebookingChance(scalpers), 'share', language);
    const said = textsOf('report', language)('asked.scalper', {
      ...{ identities, price, types, cost, won },
    });
    return clauses([said, ...liftedInWords(scalpers, language)], language);
  };
}

/** The rules of the two lotteries, as far as there are any. */
function rulesInWords({ rules }: Scenario): Text[] {
  const { quotas = {}, priorityMax = 0, ageing } = rules;
  const texts: Text[] = [];
  for (const [type, { min, max }] of Object.entries(quotas)) {
    const least = min === undefined ? [] : [say('asked.quota.least', { min })];
    const most = max === undefined ? [] : [say('asked.quota.most', { max })];
    const bounds = (language: Language) =>
      [...least, ...most].map((one) => one(language)).join(', ');
    texts.push((language) =>
      textsOf('report', language)('asked.quota', { type, bounds: bounds(language) }),
    );
  }
  if (priorityMax > 0) {
    texts.push(say('asked.priority', { places: priorityMax }));
  }
  if (ageing) {
    const { ticketsPerMiss: tickets = 0, maxTickets: most = 1, guaranteeAfter: after = 0 } = ageing;
    texts.push(say('asked.ageing', { tickets, most, after }));
  }
  return texts;
}

function pollsInWords({ polls }: Scenario): Text[] {
  if (!polls) return [];
  return [
    (language) => {
      const hours = written(polls.everyHours, 'number', language);
      const errors = written(polls.errorShare, 'share', language);
      return textsOf('report', language)('asked.robot', { hours, errors });
    },
  ];
}

/** The protections that the scenario itself does without. */
function liftedInWords(scalpers: Scalpers, language: Language): string[] {
  const lifted = switchesOf(scalpers).map((name) => (switchNames[name] ?? same(name))(language));
  if (lifted.length === 0) return [];
  return [textsOf('report', language)('asked.scalper.lifted', { names: lifted.join(', ') })];
}

function switchesOf(scalpers: Scalpers): string[] {
  return [
    ...(scalpers.nameEditable ? ['nameEditable'] : []),
    ...(scalpers.deskIdentityCheck ? [] : ['deskIdentityCheck']),
    ...(scalpers.oneEntryPerIdentity ? [] : ['oneEntryPerIdentity']),
    ...(scalpers.freedSlots === 'instant' ? ['freedSlots'] : []),
    ...(scalpers.fakeIdentitiesFree ? ['fakeIdentitiesFree'] : []),
  ];
}
