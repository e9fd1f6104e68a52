import { first, releasePrefecture, renewal } from './people.ts';
import {
  call,
  draw,
  entryId,
  holders,
  hourMs,
  join,
  openPrefectures,
  type Story,
} from './story.ts';
import { prefecture } from './world.ts';

const at = (instant: string) => Date.parse(instant);
const december = '2026-12-15T09:00:00+01:00';
const january = '2027-01-12T09:00:00+01:00';

/** Everything that happens in the life that a release leaves behind, in order. */
export const chapters: readonly ((story: Story) => Promise<void>)[] = [
  openPrefectures,
  peopleCome,
  othersEnterPeople,
  drawIsVoid,
  drawIsRepeated,
  offersEnd,
  appointmentsCome,
  nextDraw,
  loose,
];

async function peopleCome(story: Story): Promise<void> {
  for (let number = 1; number <= 14; number += 1) {
    await join(story, `renewal-${number}`, renewal(number));
  }
  for (let number = 1; number <= 3; number += 1) {
    await join(story, `first-${number}`, first(number));
  }
  await join(story, 'by-phone', renewal(20, { phone: '06 39 98 41 57' }));
  // The same telephone: a flagged set, which an agent settles.
  await join(story, 'sister', renewal(21, { phone: '06 39 98 41 57', email: 's@example.org' }));
  await join(story, 'never-verified', renewal(22), { verified: false });
  await join(story, 'leaves', renewal(23));
  await call(story, 'leaves', 'DELETE', `/entries/${entryId(story, 'leaves')}`);
  await join(story, 'rejected', renewal(24));
  const rejection = `/entries/${entryId(story, 'rejected')}/rejection`;
  await call(story, 'supervisor', 'POST', rejection, { reason: 'not_concerned' });
  await join(story, 'erased', renewal(25));
  await call(story, 'erased', 'POST', `/entries/${entryId(story, 'erased')}/erasure`);
  const { flaggedSets } = await call(story, 'supervisor', 'GET', '/flagged-sets');
  const settlement = { decision: 'different_people', reason: 'two sisters, both were here' };
  const path = `/flagged-sets/${flaggedSets[0].id}/settlement`;
  await call(story, 'supervisor', 'POST', path, settlement);
  await priority(story, 'renewal-1', 'court_order', 'approve');
  await priority(story, 'renewal-2', 'other', 'refuse');
}

async function priority(story: Story, name: string, ground: string, decision?: string) {
  const path = `/entries/${entryId(story, name)}/priority`;
  await call(story, 'agent', 'POST', path, { ground, days: 120 });
  if (decision) await call(story, 'supervisor', 'POST', `${path}/decision`, { decision });
}

async function othersEnterPeople(story: Story): Promise<void> {
  const postal = ['Chez Mme Exemple', '31 rue des Glycines', '92000 NANTERRE'];
  const desk = { ...first(30, { postal }), accepts: { sites: ['antony'] } };
  const { results } = await call(story, 'agent', 'POST', '/desk-entries', desk);
  story.entries['by-post'] = { id: results[0].id, token: '' };
  const account = { category: 'association', label: 'Association Exemple', cap: 5 };
  const { key } = await call(story, 'admin', 'POST', '/helpers', account);
  story.agents.helper = key;
  const mandate = { reference: 'classeur 7', from: '2026-11-30', until: '2027-11-30' };
  const person = { ...first(31), mandate };
  const { id } = await call(story, 'helper', 'POST', '/helper-entries', person);
  story.entries.helped = { id, token: '' };
}

async function addSlots(story: Story, slots: readonly object[]): Promise<void> {
  await call(story, 'admin', 'POST', '/slots', { slots });
}

const slot = (site: string, start: string, capacity: number, ...requestTypes: string[]) => ({
  ...{ site, start, capacity, requestTypes },
});

async function drawIsVoid(story: Story): Promise<void> {
  await addSlots(story, [
    slot('nanterre', december, 6, 'renewal'),
    slot('nanterre', december.replace('09:00:00', '10:00:00'), 2, 'renewal', 'first'),
    slot('antony', december, 2, 'first'),
  ]);
  story.world.time.nowMs += hourMs;
  await draw(story, 'void');
  const reason = { reason: 'the list of slots was wrong' };
  await call(story, 'supervisor', 'POST', `/draws/${story.draws.void}/void`, reason);
  await story.world.settle();
}

async function drawIsRepeated(story: Story): Promise<void> {
  story.world.time.nowMs += hourMs;
  await draw(story, 'first', { replaces: story.draws.void ?? '' });
  const offers = await holders(story, 'first', 'pending');
  const [declines, silent, ...others] = offers.filter((name) => story.entries[name]?.token !== '');
  await answer(story, 'first', declines ?? '', 'decline');
  for (const name of others) await answer(story, 'first', name, 'accept');
  if (silent === undefined) throw new Error('nobody is silent');
  await story.world.settle();
}

/** Answers as the person; for whom a helper stands, as that helper. */
async function answer(story: Story, draw: string, name: string, action: 'accept' | 'decline') {
  const id = entryId(story, name);
  if (name === 'helped') {
    await call(story, 'helper', 'POST', `/helper-entries/${id}/answer`, { action });
    return;
  }
  await call(story, name, 'POST', `/offers/${story.draws[draw]}.${id}/${action}`);
}

async function offersEnd(story: Story): Promise<void> {
  // Those who were offered a freed place accept it; the silent one's time passes.
  story.world.time.nowMs = at('2026-12-05T10:00:00Z');
  await story.world.settle();
  for (const name of await holders(story, 'first', 'pending')) {
    await answer(story, 'first', name, 'accept');
  }
  const booked = await holders(story, 'first', 'accepted');
  const early = booked.at(-1) ?? '';
  const path = `/appointments/${story.draws.first}.${entryId(story, early)}`;
  await call(story, early, 'DELETE', path);
  await story.world.settle();
  const { batches } = await call(story, 'agent', 'GET', '/letter-batches');
  for (const { day, letters } of batches) {
    await call(story, 'agent', 'POST', `/letter-batches/${day}/posted`, { letters });
  }
}

async function appointmentsCome(story: Story): Promise<void> {
  const booked = (await holders(story, 'first', 'accepted')).filter((name) =>
    name.startsWith('renewal-'),
  );
  const [attended = '', missed = '', late = '', misread = '', unchecked = ''] = booked;
  const appointment = (name: string) =>
    `/appointments/${story.draws.first}.${entryId(story, name)}`;
  story.world.time.nowMs = at('2026-12-15T07:00:00Z');
  await call(story, late, 'DELETE', appointment(late));
  await call(story, late, 'POST', `/entries/${entryId(story, late)}/appeal`, {
    statement: 'The train did not run.',
  });
  story.world.time.nowMs = at('2026-12-15T10:30:00Z');
  const note = (name: string, json: object) =>
    call(story, 'agent', 'POST', `${appointment(name)}/attendance`, json);
  const number = 7_000_000_000 + Number(attended.split('-')[1]);
  const document = { kind: 'agdref', number: String(number) };
  await note(attended, { attended: true, document });
  await note(missed, { attended: false });
  await note(misread, { attended: true, document: { kind: 'agdref', number: '7999999999' } });
  await note(unchecked, { attended: true, reason: 'the document was lost' });
  await story.world.settle();
}

async function nextDraw(story: Story): Promise<void> {
  story.world.time.nowMs = at('2026-12-16T09:00:00Z');
  const rules = { ...releasePrefecture().rules, priorityMax: 2 };
  await call(story, 'admin', 'PUT', '/rules', rules);
  await addSlots(story, [
    slot('nanterre', january, 3, 'renewal'),
    slot('antony', january, 4, 'first'),
  ]);
  for (let number = 15; number <= 17; number += 1) {
    await join(story, `renewal-${number}`, renewal(number));
  }
  await draw(story, 'second');
  const [accepts, declines] = (await holders(story, 'second', 'pending')).filter(
    (name) => story.entries[name]?.token !== '',
  );
  await answer(story, 'second', accepts ?? '', 'accept');
  await answer(story, 'second', declines ?? '', 'decline');
  await story.world.settle();
}

/** What is still under way when the release ends. */
async function loose(story: Story): Promise<void> {
  const { world } = story;
  world.time.nowMs += hourMs;
  await join(story, 'new-1', renewal(40), { verified: false });
  await join(story, 'new-2', first(41, { phone: '+33 6 39 98 55 29' }), { verified: false });
  await join(story, 'bounces', renewal(42, { email: 'refused.exemple@example.org' }), {
    verified: false,
  });
  await join(story, 'wrong-number', renewal(43, { phone: '06 39 98 27 13' }), { verified: false });
  await join(story, 'deferred', renewal(47, { email: 'deferred.exemple@example.org' }), {
    verified: false,
  });
  await join(story, 'twin-1', renewal(44, { phone: '06 39 98 77 01' }));
  await join(story, 'twin-2', renewal(45, { phone: '06 39 98 77 01' }));
  const postal = ['7 place du Marché', '92160 ANTONY'];
  await call(story, 'agent', 'POST', '/desk-entries', first(46, { postal }));
  await priority(story, 'twin-1', 'health');
  await call(story, 'admin', 'PUT', '/draw-schedules/weekly', { pattern: '0 10 * * 1' });
  const planned = await call(story, 'admin', 'POST', '/draws', { at: '2026-12-20T09:00:00Z' });
  story.draws.planned = planned.id;
  await addSlots(story, [slot('nanterre', january.replace('09:00:00', '11:00:00'), 3, 'renewal')]);
  const session = { agent: 'somebody-signed-in', role: 'agent', hash: '0'.repeat(64) } as const;
  const expiresAtMs = world.time.nowMs + 12 * hourMs;
  await world.store.sessions.begin(prefecture, { ...session, expiresAtMs }, world.time.nowMs);
  await world.settle();
}
