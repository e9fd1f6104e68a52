import { prefecture } from '../api/harness.ts';
import { answeredSteps, erase, offlineSteps, paperSteps } from './marked-chapters.ts';
import { people, stranger } from './marked-people.ts';
import { refuse } from './marked-refusals.ts';
import { bodyOf, entryOf, expectStatus, type Step, type Story, workFor } from './marked-steps.ts';

async function joining(story: Story, json: unknown, headers: Record<string, string> = {}) {
  const work = await workFor(story, 'join');
  return story.world.call('POST', '/entries', { json, headers: { ...work, ...headers } });
}

const join: Step = {
  name: 'everybody joins, twice with the same key, and once more in other letters',
  async run(story) {
    const { entries } = story;
    for (const person of people) {
      const headers = { 'Idempotency-Key': `key-of-${person.id}-of-this-test` };
      const json = bodyOf(person);
      const first = await joining(story, json, headers);
      expectStatus(first, 201);
      entries.set(person.id, { id: first.body.id, token: first.body.token });
      expectStatus(await joining(story, json, headers), 201);
      const other = { ...json, language: 'en' };
      expectStatus(await joining(story, other, headers), 422);
      const name = person.name.toUpperCase();
      const again = { ...json, person: { ...json.person, name } };
      expectStatus(await joining(story, again), 409);
    }
  },
};

/** Those to whom messages arrive. */
const reached = ['latin', 'arabic', 'chinese', 'cyrillic', 'phone', 'twin'];

const verify: Step = {
  name: 'codes arrive, wrong ones are refused, right ones verify',
  async run(story) {
    for (const person of reached) {
      const { id } = entryOf(story, person);
      const { text } = await story.world.message(new RegExp(`^code\\.${id}\\.`));
      const code = /\b\d{6}\b/.exec(text)?.[0] ?? '';
      const path = `/entries/${id}/verification`;
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      expectStatus(await story.world.call('POST', path, { json: { code: wrong } }), 422);
      expectStatus(await story.world.call('POST', path, { json: { code: stranger.name } }), 400);
      expectStatus(await story.world.call('POST', path, { json: { code } }), 200);
    }
  },
};

const look: Step = {
  name: 'people look, change, fetch papers and all that is kept',
  async run(story) {
    for (const person of reached) {
      const { id, token } = entryOf(story, person);
      const { call } = story.world;
      expectStatus(await call('GET', `/entries/${id}`, { token }), 200);
      const json = { accepts: { sites: ['nanterre'] } };
      expectStatus(await call('PATCH', `/entries/${id}`, { token, json }), 200);
      expectStatus(await call('GET', `/entries/${id}/receipt`, { token }), 200);
      const all = await call('GET', `/entries/${id}/export`, { token, own: true });
      expectStatus(all, 200);
      const { name } = people.find((one) => one.id === person) ?? stranger;
      if (all.body.person.name !== name) throw new Error('the export has another name');
      await call('GET', `~/p/${prefecture}/entries/${id}`);
    }
  },
};

const leave: Step = {
  name: 'somebody leaves before the code could be delivered',
  async run(story) {
    const { id, token } = entryOf(story, 'deferred');
    expectStatus(await story.world.call('DELETE', `/entries/${id}`, { token }), 204);
  },
};

const letters: Step = {
  name: 'what cannot be delivered is seen, replayed and bounced by agents',
  async run({ world, keys, entries }) {
    const dead = ['wrong-number', 'hook', 'refused'];
    const ids = dead.map((person) => entries.get(person)?.id ?? '');
    // A job that failed for good is not announced: asked until it is there, within bounds.
    for (let tries = 0; ; tries += 1) {
      const { body } = await world.call('GET', '/messages', { token: keys.supervisor });
      const found = ids.filter((id) =>
        body.messages.some((one: { entry: string }) => one.entry === id),
      );
      if (found.length === ids.length) break;
      if (tries > 2000) throw new Error(`only ${found.length} dead letters`);
    }
    const headers = { 'Audit-Reason': 'the mail server was mended' };
    const { body } = await world.call('GET', '/messages', { token: keys.supervisor });
    for (const { id } of body.messages) {
      await world.call('POST', `/messages/${id}/replay`, { token: keys.supervisor, headers });
    }
    const sent = world.sent.find(({ id }) => id.startsWith('welcome.'));
    await world.call('POST', `/messages/${sent?.id}/bounce`, { token: keys.supervisor, headers });
  },
};

const search: Step = {
  name: 'agents search, enter at the desk, and give reasons that name people',
  async run({ world, keys }) {
    const { agent, supervisor } = keys;
    for (const { name, document } of [...people, stranger]) {
      const json = { document, name };
      expectStatus(await world.call('POST', '/entry-search', { token: agent, json }), 200);
    }
    const csv = [
      'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,phone,language,sites,notBefore,notAfter,days,from,until',
      `first,${stranger.name},passport,ROU,${stranger.document.number},,,${stranger.name},${stranger.address},fr,${stranger.also[0]},,,,,`,
      `${stranger.also[0]},${stranger.name},${stranger.name},ROU,${stranger.document.number},,,,,fr,,,,,,`,
    ].join('\n');
    const headers = { 'Audit-Reason': 'a paper form' };
    const asCsv = { token: agent, raw: csv, type: 'text/csv', headers };
    expectStatus(await world.call('POST', '/desk-entries', asCsv), 422);
    const broken = { ...asCsv, raw: `${csv}\n"${stranger.name}` };
    expectStatus(await world.call('POST', '/desk-entries', broken), 422);
    const strange = { ...asCsv, raw: `${stranger.also[0]},${csv}` };
    expectStatus(await world.call('POST', '/desk-entries', strange), 422);
    const personal = { 'Audit-Reason': encodeURIComponent(`asked by ${stranger.contact.email}`) };
    const json = { reason: 'asked_by_person' };
    await world.call('POST', '/entries/nobody/rejection', {
      token: supervisor,
      json,
      headers: personal,
    });
  },
};

const drawn: Step = {
  name: 'a draw runs, and those drawn are offered a place',
  async run(story) {
    const { world, keys } = story;
    const start = '2026-12-15T09:00:00+01:00';
    const slot = { site: 'nanterre', start, capacity: 2, requestTypes: ['first', 'renewal'] };
    // For those who were entered by somebody else: both get a place.
    const other = { site: 'antony', start, capacity: 2, requestTypes: ['first'] };
    const of = { token: keys.admin, headers: { 'Audit-Reason': 'the slots of December' } };
    expectStatus(
      await world.call('POST', '/slots', { ...of, json: { slots: [slot, other] } }),
      201,
    );
    const planned = await world.call('POST', '/draws', { ...of, json: {} });
    expectStatus(planned, 201, 202);
    story.draw = planned.body.id;
    world.service.sweep(prefecture);
    await world.message(/^offer\./);
  },
};

/** The next offer that was told and is not answered yet. */
async function nextOffer({ world }: Story, answered: Set<string>): Promise<string> {
  const { id } = await world.message(
    new RegExp(`^offer\\.(?!(?:${[...answered, 'none'].join('|')})\\.)`),
  );
  const [, entry = ''] = id.split('.');
  answered.add(entry);
  return entry;
}

const answer: Step = {
  name: 'one declines, the next accepts, somebody else cancels; one is attended to',
  async run(story) {
    const { world, entries, keys } = story;
    // Who was entered by a helper is answered for by that.
    const answered = new Set([entryOf(story, 'helped').id]);
    const tokenOf = (entry: string) =>
      [...entries.values()].find(({ id }) => id === entry)?.token ?? '';
    const act = async (entry: string, path: string, method = 'POST') =>
      expectStatus(await world.call(method, path, { token: tokenOf(entry) }), 200, 204);
    const first = await nextOffer(story, answered);
    await act(first, `/offers/${story.draw}.${first}/decline`);
    world.service.sweep(prefecture);
    const second = await nextOffer(story, answered);
    await act(second, `/offers/${story.draw}.${second}/accept`);
    const third = await nextOffer(story, answered);
    await act(third, `/offers/${story.draw}.${third}/accept`);
    // Within its last day: too late, so that draws are sat out.
    world.time.nowMs = Date.parse('2026-12-15T07:00:00Z');
    await act(third, `/appointments/${story.draw}.${third}`, 'DELETE');
    const statement = `${stranger.name}, ${stranger.address}: ${stranger.contact.phone}`;
    const plea = { token: tokenOf(third), json: { statement } };
    expectStatus(await world.call('POST', `/entries/${third}/appeal`, plea), 200);
    const asAgent = { token: keys.supervisor };
    expectStatus(await world.call('GET', '/appeals', asAgent), 200);
    const read = await world.call('GET', `/entries/${third}/appeal`, { ...asAgent, own: true });
    expectStatus(read, 200);
    world.time.nowMs = Date.parse('2026-12-15T08:30:00Z');
    const json = { attended: true, reason: 'came to the desk' };
    const of = { token: keys.agent, headers: { 'Audit-Reason': 'came to the desk' } };
    const path = `/appointments/${story.draw}.${second}/attendance`;
    expectStatus(await world.call('POST', path, { ...of, json }), 200);
    const decision = { ...asAgent, headers: of.headers, json: { decision: 'uphold' } };
    expectStatus(await world.call('POST', `/entries/${third}/absence/decision`, decision), 200);
  },
};

const look2: Step = {
  name: 'everybody reads what is public, and agents what is theirs',
  async run({ world, keys, draw }) {
    const paths = ['', '/statistics', '/draws', `/draws/${draw}`, `/draws/${draw}/record`];
    const register = ['/register/checkpoint', '/register/entries', '/register/counts'];
    for (const path of [...paths, ...register, `~/p/${prefecture}`, '~/metrics']) {
      expectStatus(await world.call('GET', path), 200);
    }
    for (const path of ['/flagged-sets', '/abuse-report', '/abuse-report/evidence']) {
      expectStatus(await world.call('GET', path, { token: keys.supervisor }), 200);
    }
    for (const path of [
      '/entries',
      '/messages',
      '/slots',
      '/agents',
      '/helpers',
      '/priorities',
      '/audit-log',
      '/audit-log.csv',
      '/audit-log.ndjson',
    ]) {
      expectStatus(await world.call('GET', path, { token: keys.admin }), 200);
    }
  },
};

/** The whole story, in order. */
export const steps: readonly Step[] = [
  join,
  verify,
  look,
  letters,
  leave,
  search,
  ...offlineSteps,
  drawn,
  ...answeredSteps,
  answer,
  ...paperSteps,
  refuse,
  erase,
  look2,
];
