import type { Entry, Quota, Rules } from '../../allocator/types.ts';
import type { Standing } from '../../store/draws/index-read.ts';
import { availabilityText } from './availability-text.ts';
import { type Bilingual, outcomeTexts, refilledText } from './diagnosis-texts.ts';

/** One part of what a person is told of a draw. */
export interface ExplanationPart {
  readonly id:
    | 'purpose'
    | 'outcome'
    | 'rank'
    | 'rules'
    | 'parameters'
    | 'data'
    | 'randomness'
    | 'contest';
  readonly title: Bilingual;
  readonly lines: readonly Bilingual[];
}

/** What an explanation rests on. */
export interface ExplainedDraw {
  /** As it was frozen. */
  readonly entry: Entry;
  readonly standing: Standing;
  readonly rules: Rules;
  readonly requestType: Bilingual;
  /** What is said of the source of randomness. */
  readonly entropyNote: Bilingual;
  readonly isVoid: boolean;
  /** Whether a freed place was offered to it later. */
  readonly isRefilled: boolean;
}

/**
 * What CRPA L. 311-3-1 and R. 311-3-1-2 ask for, in plain words: how far an algorithm decided, by which
 * rules, on which data, with which parameters for this person. A lawyer must confirm the wording. Pure.
 */
export function explain(draw: ExplainedDraw): ExplanationPart[] {
  const { entropyNote, entry, rules } = draw;
  return [
    { ...titled.outcome, lines: outcomeLines(draw) },
    { ...titled.rank, lines: [rankLine(draw), servedLine(draw.standing)] },
    { ...titled.purpose, lines: purpose },
    { ...titled.rules, lines: ruleLines(rules, entry.requestType) },
    { ...titled.parameters, lines: parameterLines(draw) },
    { ...titled.data, lines: data },
    { ...titled.randomness, lines: [entropyNote] },
    { ...titled.contest, lines: contest },
  ];
}

const titled = {
  purpose: {
    id: 'purpose',
    title: { fr: 'À quoi sert ce traitement', en: 'What this processing is for' },
  },
  outcome: { id: 'outcome', title: { fr: 'Le résultat pour vous', en: 'The result for you' } },
  rank: { id: 'rank', title: { fr: 'Votre rang', en: 'Your rank' } },
  rules: { id: 'rules', title: { fr: 'Les règles de ce tirage', en: 'The rules of this draw' } },
  parameters: {
    id: 'parameters',
    title: { fr: 'Ce qui a compté pour vous', en: 'What counted for you' },
  },
  data: { id: 'data', title: { fr: 'Les données utilisées', en: 'The data used' } },
  randomness: {
    id: 'randomness',
    title: { fr: 'La source du hasard', en: 'The source of randomness' },
  },
  contest: {
    id: 'contest',
    title: { fr: 'Contester, demander des explications', en: 'Contest, ask for explanations' },
  },
} as const satisfies { [id in ExplanationPart['id']]: Pick<ExplanationPart, 'id' | 'title'> };

const purpose: readonly Bilingual[] = [
  {
    fr: 'Le tirage au sort répartit les rendez-vous quand il y a plus de demandes que de places. Un algorithme fait le classement et attribue les places ; aucun agent ne choisit parmi les inscriptions.',
    en: 'The draw allocates appointments when there are more requests than places. An algorithm makes the ranking and gives out the places; no agent chooses among the entries.',
  },
];

const data: readonly Bilingual[] = [
  {
    fr: 'De votre inscription : son numéro, la démarche, vos disponibilités, le nombre de tirages sans proposition et, le cas échéant, la voie prioritaire. Ni votre nom, ni vos coordonnées, ni l’heure de votre inscription. Vous avez fourni la démarche et les disponibilités ; le service compte les tirages.',
    en: 'Of your entry: its number, the request, your availability, the number of draws without an offer and, where it applies, the priority track. Not your name, not your contact, not when you joined. You gave the request and the availability; the service counts the draws.',
  },
  {
    fr: 'De la préfecture : les créneaux libres et les règles, fixés et publiés sous forme d’empreintes avant que le hasard ne soit public.',
    en: 'Of the prefecture: the free slots and the rules, fixed and published as fingerprints before the randomness was public.',
  },
];

const contest: readonly Bilingual[] = [
  {
    fr: 'Cette décision repose sur un traitement algorithmique (code des relations entre le public et l’administration, CRPA, art. L. 311-3-1, R. 311-3-1-1 et R. 311-3-1-2). Vous pouvez demander à la préfecture les règles de ce traitement, les données utilisées et les paramètres appliqués à votre situation ; les principales règles sont publiques (art. L. 312-1-3).',
    en: 'This decision rests on an algorithm (French code CRPA, art. L. 311-3-1, R. 311-3-1-1 and R. 311-3-1-2). You can ask the prefecture for the rules of this processing, the data used and the parameters applied to you; the main rules are public (art. L. 312-1-3).',
  },
  {
    fr: 'Pour contester, écrivez à la préfecture avec votre numéro d’inscription et celui du tirage, jamais votre secret. Vous pouvez aussi saisir le Défenseur des droits (gratuit) ou le tribunal administratif. Une association ou un avocat peut vous aider.',
    en: 'To contest, write to the prefecture with the numbers of your entry and of the draw, never your secret. You can also turn to the Défenseur des droits (free) or to the administrative court. An association or a lawyer can help you.',
  },
];

function outcomeLines({ standing, isVoid, isRefilled }: ExplainedDraw): Bilingual[] {
  const voided: Bilingual = {
    fr: 'Ce tirage a été annulé : il ne compte pour personne. Voici ce qu’il avait donné.',
    en: 'This draw was declared void: it counts for nobody. This is what it had come to.',
  };
  return [
    ...(isVoid ? [voided] : []),
    outcomeTexts[standing.outcome],
    ...(isRefilled ? [refilledText] : []),
  ];
}

function rankLine({ standing, requestType }: ExplainedDraw): Bilingual {
  const { rank, rankInType, ofType } = standing;
  return {
    fr: `Rang ${rank} dans le tirage, ${rankInType} sur ${ofType.entries} pour votre démarche : ${requestType.fr}.`,
    en: `Rank ${rank} in the draw, ${rankInType} of ${ofType.entries} for your request: ${requestType.en}.`,
  };
}

function servedLine({ ofType }: Standing): Bilingual {
  const { lastServedRank, lastServedRankInType } = ofType;
  if (lastServedRank === 0) {
    return {
      fr: 'Aucune place n’a été proposée pour cette démarche dans ce tirage.',
      en: 'No place was offered for this request in this draw.',
    };
  }
  return {
    fr: `Dernier rang servi pour cette démarche : ${lastServedRank} dans le tirage (${lastServedRankInType} pour la démarche), places libérées comprises. Qui vient à peu de jours, d’heures ou de lieux peut ne rien recevoir avec un meilleur rang.`,
    en: `Last rank served for this request: ${lastServedRank} in the draw (${lastServedRankInType} for the request), freed places included. Who can come on few days, at few times or places may get nothing with a better rank.`,
  };
}

function ruleLines(rules: Rules, requestType: string): Bilingual[] {
  const { ageing, priorityMax = 0 } = rules;
  const { min, max } = quotaOf(rules, requestType);
  const all: (Bilingual | false)[] = [
    {
      fr: 'Chaque inscription a un ou plusieurs numéros de tirage, calculés avec le hasard publié ; le plus petit compte. Dans l’ordre des rangs, chacune reçoit la première place de son choix qui laisse une place à celles déjà tirées.',
      en: 'Each entry has one or more tickets, computed with the published randomness; the smallest counts. In the order of ranks, each gets the first slot of its choice that leaves room for those already drawn.',
    },
    priorityMax > 0 && {
      fr: `Jusqu’à ${priorityMax} places vont d’abord à la voie prioritaire, que deux agents accordent.`,
      en: `Up to ${priorityMax} places go first to the priority track, which two agents grant.`,
    },
    min !== undefined && {
      fr: `Jusqu’à ${min} places sont d’abord pour votre démarche, s’il y a assez de créneaux et d’inscriptions qui peuvent les prendre.`,
      en: `Up to ${min} places go first to your request, if there are enough slots, and entries that can take them.`,
    },
    max !== undefined && {
      fr: `Votre démarche a ${max} places au plus.`,
      en: `Your request has ${max} places at most.`,
    },
    (ageing?.ticketsPerMiss ?? 0) > 0 && {
      fr: `Chaque tirage sans proposition ajoute des numéros de tirage : ${ageing?.ticketsPerMiss} chaque fois, ${ageing?.maxTickets ?? 1} en tout au plus.`,
      en: `Each draw without an offer adds tickets: ${ageing?.ticketsPerMiss} each time, ${ageing?.maxTickets ?? 1} in all at most.`,
    },
    ageing?.guaranteeAfter !== undefined && {
      fr: `À partir de ${ageing.guaranteeAfter} tirages sans proposition, une inscription est classée avant toutes les autres.`,
      en: `From ${ageing.guaranteeAfter} draws without an offer on, an entry is ranked before all others.`,
    },
  ];
  return all.filter((line) => line !== false);
}

function parameterLines({ entry, standing }: ExplainedDraw): Bilingual[] {
  const { tickets, priority, guaranteed } = standing;
  return [
    {
      fr: `Tirages sans proposition avant celui-ci : ${entry.missed}. Numéros de tirage : ${tickets}.`,
      en: `Draws without an offer before this one: ${entry.missed}. Tickets: ${tickets}.`,
    },
    {
      fr: `Voie prioritaire : ${priority ? 'oui' : 'non'}. Classée avant toutes les autres : ${guaranteed ? 'oui' : 'non'}.`,
      en: `Priority track: ${priority ? 'yes' : 'no'}. Ranked before all others: ${guaranteed ? 'yes' : 'no'}.`,
    },
    {
      fr: `Disponibilités : ${availabilityText(entry.accepts, 'fr')}.`,
      en: `Availability: ${availabilityText(entry.accepts, 'en')}.`,
    },
  ];
}

function quotaOf({ quotas }: Rules, requestType: string): Quota {
  return (quotas && Object.hasOwn(quotas, requestType) && quotas[requestType]) || {};
}
