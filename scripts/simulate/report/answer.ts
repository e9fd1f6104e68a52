import type { FigureName } from '../../../src/simulator/results.ts';
import type { Policy, Scenario } from '../../../src/simulator/scenario.ts';
import { find, type ReportInput, wholeType } from './view.ts';
import {
  type Language,
  list,
  policyNames,
  same,
  type Text,
  type Unit,
  write,
  written,
  writtenEstimate,
} from './wording.ts';

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
    scalpersInWords(scenario),
  ];
}

function typeInWords({ requestTypes }: Scenario, name: string): Text {
  const type = requestTypes[name];
  if (!type) return same(name);
  const { arrivalsPerDraw, slotsPerDraw, backlog, abandonPerDraw, noShow } = type;
  return write((language) => {
    const number = (value: number) => written(value, 'number', language);
    const share = (value: number) => written(value, 'share', language);
    return language === 'fr'
      ? `${name} : ${number(arrivalsPerDraw)} arrivées en moyenne et ${number(slotsPerDraw)} places par tirage, ${number(backlog)} personnes déjà en attente ; ${share(abandonPerDraw)} renoncent après chaque tirage perdu, ${share(noShow)} des personnes servies ne viennent pas.`
      : `${name}: ${number(arrivalsPerDraw)} arrivals on average and ${number(slotsPerDraw)} places a draw, ${number(backlog)} persons already waiting; ${share(abandonPerDraw)} give up after each lost draw, ${share(noShow)} of those served do not come.`;
  });
}

function scalpersInWords({ scalpers }: Scenario): Text {
  if (!scalpers) return { fr: 'Aucun revendeur.', en: 'No scalper.' };
  return write((language) => {
    const identities = written(scalpers.identities, 'number', language);
    const price = written(scalpers.price, 'number', language);
    const types = scalpers.requestTypes.join(', ');
    return language === 'fr'
      ? `Un revendeur avec ${identities} fausses identités par démarche attaquée (${types}), qui vend une place ${price} au plus.`
      : `A scalper with ${identities} false identities for each request type attacked (${types}), who sells a place for ${price} at most.`;
  });
}

/** The answer in three sentences: who is served, how long they wait, what the scalper gets. */
export function answer(input: ReportInput): Text[] {
  return [chances(input), waits(input), bots(input)];
}

function chances(input: ReportInput): Text {
  return write((language) => {
    const text = perPolicy(input, language, (policy) => {
      const chance = value(input, policy, 'chancePerDraw', 'share', language);
      const served = value(input, policy, 'servedShare', 'share', language);
      if (chance === undefined || served === undefined) {
        return language === 'fr' ? 'personne n’attendait' : 'nobody waited';
      }
      return language === 'fr'
        ? `${chance} à chaque tirage, et ${served} servis à la fin`
        : `${chance} at each draw, and ${served} served by the end`;
    });
    return language === 'fr'
      ? `Chance d’une personne d’obtenir un rendez-vous : ${text}.`
      : `A person’s chance of an appointment: ${text}.`;
  });
}

function waits(input: ReportInput): Text {
  return write((language) => {
    const text = perPolicy(input, language, (policy) => {
      const mean = value(input, policy, 'waitMean', 'number', language);
      const tail = value(input, policy, 'waitP90', 'number', language);
      const gini = value(input, policy, 'waitGini', 'number', language);
      if (mean === undefined || tail === undefined || gini === undefined) {
        return language === 'fr' ? 'personne n’est servi' : 'nobody is served';
      }
      return language === 'fr'
        ? `${mean} en moyenne, ${tail} au plus pour neuf sur dix (Gini ${gini})`
        : `${mean} on average, at most ${tail} for nine in ten (Gini ${gini})`;
    });
    return language === 'fr'
      ? `Attente des personnes servies, en tirages : ${text}.`
      : `Waits of those served, in draws: ${text}.`;
  });
}

function bots(input: ReportInput): Text {
  if (!input.output.scenario.scalpers) {
    return {
      fr: 'Le scénario n’a pas de revendeur : il ne dit rien des robots ni de la revente.',
      en: 'The scenario has no scalper: it says nothing about bots or resale.',
    };
  }
  return write((language) => {
    const text = perPolicy(input, language, (policy) => {
      const held = value(input, policy, 'botShareAtRelease', 'share', language);
      const resold = value(input, policy, 'resoldShare', 'share', language);
      const profit = value(input, policy, 'profitPerDraw', 'number', language) ?? '—';
      if (held === undefined || resold === undefined) {
        return language === 'fr'
          ? `aucune place, bénéfice ${profit}`
          : `no place, profit ${profit}`;
      }
      return language === 'fr'
        ? `${held} des places à l’attribution, ${resold} revendues, bénéfice ${profit} par tirage`
        : `${held} of the places at release, ${resold} resold, profit ${profit} a draw`;
    });
    return language === 'fr' ? `Le revendeur : ${text}.` : `The scalper: ${text}.`;
  });
}

function perPolicy(
  { output }: ReportInput,
  language: Language,
  clause: (policy: Policy) => string,
): string {
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const clauses = output.scenario.policies.map((policy) => {
    return `${policyNames[policy][language]}${colon}${clause(policy)}`;
  });
  return list(clauses, language);
}

function value(
  { output }: ReportInput,
  policy: Policy,
  figure: FigureName,
  unit: Unit,
  language: Language,
): string | undefined {
  const estimate = find(output.results, policy, wholeType(output), figure);
  if (!estimate) return undefined;
  return writtenEstimate(estimate, unit, language, output.scenario.replications);
}
