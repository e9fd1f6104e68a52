import { rebookingChance } from '../../../src/simulator/resale.ts';
import type { RequestTypeScenario, Scalpers, Scenario } from '../../../src/simulator/scenario.ts';
import { switchNames } from './variant-figures.ts';
import type { ReportInput } from './view.ts';
import { policyNames, same, type Text, write, written } from './wording.ts';

/** The scenario in words: a sentence for each thing it says. */
export function question({ output }: ReportInput): Text[] {
  const { scenario } = output;
  const { draws, warmup, drawEveryDays, replications, sharedSlotsPerDraw } = scenario;
  const names = write((language) =>
    scenario.policies.map((policy) => policyNames[policy][language]).join(', '),
  );
  return [
    {
      fr: `${draws} tirages, un tous les ${drawEveryDays} jours${warmup > 0 ? `, après ${warmup} non mesurés` : ''} ; ${replications} répétitions indépendantes ; règles : ${names.fr}.`,
      en: `${draws} draws, one every ${drawEveryDays} days${warmup > 0 ? `, after ${warmup} not measured` : ''}; ${replications} independent replications; policies: ${names.en}.`,
    },
    ...Object.keys(scenario.requestTypes).map((type) => typeInWords(scenario, type)),
    ...(sharedSlotsPerDraw > 0
      ? [
          write((language) => {
            const places = written(sharedSlotsPerDraw, 'number', language);
            return language === 'fr'
              ? `${places} places de plus par tirage pour toute démarche.`
              : `${places} more places a draw for any request type.`;
          }),
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
  const more = restInWords(scenario, type);
  return write((language) => {
    const number = (value: number) => written(value, 'number', language);
    const share = (value: number) => written(value, 'share', language);
    return language === 'fr'
      ? `${name} : ${number(arrivalsPerDraw)} arrivées en moyenne et ${number(slotsPerDraw)} places par tirage, ${number(backlog)} personnes déjà en attente ; ${share(abandonPerDraw)} renoncent après chaque tirage perdu, ${share(noShow)} des personnes servies ne viennent pas${more.fr}.`
      : `${name}: ${number(arrivalsPerDraw)} arrivals on average and ${number(slotsPerDraw)} places a draw, ${number(backlog)} persons already waiting; ${share(abandonPerDraw)} give up after each lost draw, ${share(noShow)} of those served do not come${more.en}.`;
  });
}

/** What only some request types have, and only some scenarios use. */
function restInWords(
  { rules, polls }: Scenario,
  { priorityShare, bookingsPerHour }: RequestTypeScenario,
): Text {
  return write((language) => {
    const share = written(priorityShare, 'share', language);
    const speed = bookingsPerHour === undefined ? '' : written(bookingsPerHour, 'number', language);
    const isFrench = language === 'fr';
    const priority = isFrench
      ? ` ; ${share} sont prioritaires`
      : `; ${share} are on the priority track`;
    const bookings = isFrench
      ? ` ; dans la course, ${speed} réservations par heure tant qu’il reste une place`
      : `; in the race, ${speed} bookings an hour while a place is left`;
    return (
      (priorityShare > 0 && (rules.priorityMax ?? 0) > 0 ? priority : '') +
      (speed !== '' && polls ? bookings : '')
    );
  });
}

function scalpersInWords({ scalpers }: Scenario): Text {
  if (!scalpers) return { fr: 'Aucun revendeur.', en: 'No scalper.' };
  const lifted = liftedInWords(scalpers);
  return write((language) => {
    const identities = written(scalpers.identities, 'number', language);
    const price = written(scalpers.price, 'number', language);
    const types = scalpers.requestTypes.join(', ');
    const cost = written(scalpers.costPerBooking, 'number', language);
    const won = written(rebookingChance(scalpers), 'share', language);
    return language === 'fr'
      ? `Un revendeur avec ${identities} fausses identités par démarche attaquée (${types}), qui vend une place ${price} au plus, paie ${cost} par réservation (ailleurs que dans la course : par fausse inscription à chaque tirage) et reprend une place annulée ${won} du temps${lifted.fr}.`
      : `A scalper with ${identities} false identities for each request type attacked (${types}), who sells a place for ${price} at most, pays ${cost} for a booking (outside the race: for a false entry at each draw) and is first at a cancelled place ${won} of the time${lifted.en}.`;
  });
}

/** The rules of the two lotteries, as far as there are any. */
function rulesInWords({ rules }: Scenario): Text[] {
  const { quotas = {}, priorityMax = 0, ageing } = rules;
  const texts: Text[] = [];
  for (const [type, { min, max }] of Object.entries(quotas)) {
    const least = min === undefined ? [] : [{ fr: `au moins ${min}`, en: `at least ${min}` }];
    const most = max === undefined ? [] : [{ fr: `au plus ${max}`, en: `at most ${max}` }];
    const bounds = write((language) => [...least, ...most].map((one) => one[language]).join(', '));
    texts.push({
      fr: `Quota de ${type} : ${bounds.fr} places par tirage.`,
      en: `Quota of ${type}: ${bounds.en} places a draw.`,
    });
  }
  if (priorityMax > 0) {
    texts.push({
      fr: `File prioritaire : ${priorityMax} places par tirage au plus avant les autres.`,
      en: `Priority track: at most ${priorityMax} places a draw before the others.`,
    });
  }
  if (ageing) {
    const { ticketsPerMiss = 0, maxTickets = 1, guaranteeAfter } = ageing;
    const after = guaranteeAfter === undefined ? '' : String(guaranteeAfter);
    texts.push({
      fr: `Ancienneté : par tirage perdu, tickets en plus : ${ticketsPerMiss} (${maxTickets} en tout au plus)${after && `, et avant tous les autres dès ${after} tirages perdus`}.`,
      en: `Ageing: tickets more for each lost draw: ${ticketsPerMiss} (at most ${maxTickets} in all)${after && `, and before all others from ${after} lost draws`}.`,
    });
  }
  return texts;
}

function pollsInWords({ polls }: Scenario): Text[] {
  if (!polls) return [];
  return [
    write((language) => {
      const hours = written(polls.everyHours, 'number', language);
      const errors = written(polls.errorShare, 'share', language);
      return language === 'fr'
        ? `Un robot regarde s’il y a une place (une fois toutes les ${hours} h) ; ${errors} de ses regards ne comptent pas.`
        : `A robot looks for a place (once every ${hours} h); ${errors} of its looks do not count.`;
    }),
  ];
}

/** The protections that the scenario itself does without. */
function liftedInWords(scalpers: Scalpers): Text {
  const lifted = switchesOf(scalpers).map((name) => switchNames[name] ?? same(name));
  if (lifted.length === 0) return same('');
  const names = write((language) => lifted.map((text) => text[language]).join(', '));
  return {
    fr: ` ; protections levées : ${names.fr}`,
    en: `; protections lifted: ${names.en}`,
  };
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
