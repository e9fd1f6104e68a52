import type { explanation as french } from '../../fr/pages/explanation.ts';
import type { Translation } from '../../translation.ts';

export const explanation = {
  'title.purpose': 'What this processing is for',
  'title.outcome': 'The result for you',
  'title.rank': 'Your rank',
  'title.rules': 'The rules of this draw',
  'title.parameters': 'What counted for you',
  'title.data': 'The data used',
  'title.randomness': 'The source of randomness',
  'title.contest': 'Contest, ask for explanations',
  purpose:
    'The draw allocates appointments when there are more requests than places. An algorithm makes the ranking and gives out the places; no agent chooses among the entries.',
  'data.entry':
    'Of your entry: its number, the request, your availability, the number of draws without an offer and, where it applies, the priority track. Not your name, not your contact, not when you joined. You gave the request and the availability; the service counts the draws.',
  'data.prefecture':
    'Of the prefecture: the free slots and the rules, fixed and published as fingerprints before the randomness was public.',
  'contest.rights':
    'This decision rests on an algorithm (French code CRPA, art. L. 311-3-1, R. 311-3-1-1 and R. 311-3-1-2). You can ask the prefecture for the rules of this processing, the data used and the parameters applied to you; the main rules are public (art. L. 312-1-3).',
  'contest.how':
    'To contest, write to the prefecture with the numbers of your entry and of the draw, never your secret. You can also turn to the Défenseur des droits (free) or to the administrative court. An association or a lawyer can help you.',
  void: 'This draw was declared void: it counts for nobody. This is what it had come to.',
  rank: 'Rank {rank} in the draw, {rankInType} of {entries} for your request: {requestType}.',
  'served.none': 'No place was offered for this request in this draw.',
  'served.last':
    'Last rank served for this request: {rank} in the draw ({rankInType} for the request), freed places included. Who can come on few days, at few times or places may get nothing with a better rank.',
  'rule.tickets':
    'Each entry has one or more tickets, computed with the published randomness; the smallest counts. In the order of ranks, each gets the first slot of its choice that leaves room for those already drawn.',
  'rule.priority':
    'Up to {places, plural, one {# place goes} other {# places go}} first to the priority track, which two agents grant.',
  'rule.quotaMin':
    'Up to {places, plural, one {# place goes} other {# places go}} first to your request, if there are enough slots, and entries that can take them.',
  'rule.quotaMax': 'Your request has {places, plural, one {# place} other {# places}} at most.',
  'rule.ageing':
    'Each draw without an offer adds tickets: {each} each time, {most} in all at most.',
  'rule.guarantee':
    'From {draws, plural, one {# draw} other {# draws}} without an offer on, an entry is ranked before all others.',
  'counted.tickets': 'Draws without an offer before this one: {missed}. Tickets: {tickets}.',
  'counted.priority':
    'Priority track: {priority, select, true {yes} other {no}}. Ranked before all others: {guaranteed, select, true {yes} other {no}}.',
  'counted.owed':
    'The prefecture had taken back an appointment of this entry: it is placed before all others.',
  'counted.resting':
    'This entry had given up or let pass an appointment while it was ranked before all others: for a time it no longer is.',
  'counted.party':
    'People who come together: {people}. They need as many places of one slot. Their number is public in the record.',
  'counted.availability': 'Availability: {availability}.',
  'availability.any': 'every place, day and time',
  'availability.anySite': 'every place',
  'availability.window': '{days} from {from} to {until}',
  'availability.notBefore': 'from {day}',
  'availability.notAfter': 'until {day}',
  'availability.and': '{first}; {next}',
} satisfies Translation<typeof french>;
