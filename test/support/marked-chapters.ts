import { prefecture } from '../api/harness.ts';
import { mandateReference, offline, people, signedIn, stranger } from './marked-people.ts';
import { bodyOf, entryOf, expectStatus, type Step, type Story, workFor } from './marked-steps.ts';

const because = { 'Audit-Reason': 'a test of what is left behind' };
const { byPost, helped } = offline;

/** Fails the story where something that must hold a text does not: a search of nothing finds nothing. */
function expectText(text: string, ...parts: string[]): void {
  const missing = parts.filter((part) => !text.replaceAll(/\s+/g, ' ').includes(part));
  if (missing.length > 0) throw new Error(`without ${missing.join()}: ${text.slice(0, 500)}`);
}

const links: Step = {
  name: 'links that were lost are sent again, to people and to nobody',
  async run(story) {
    const ask = async (json: unknown) =>
      story.world.call('POST', '/link-requests', { json, headers: await workFor(story, 'link') });
    const [latin, , , , phone] = people;
    expectStatus(await ask({ email: latin?.contact.email }), 202);
    expectStatus(await ask({ phone: phone?.contact.phone }), 202);
    for (const [member, value] of Object.entries(stranger.contact)) {
      expectStatus(await ask({ [member]: value }), 202);
    }
    expectStatus(await ask({ email: stranger.name, phone: stranger.address }), 400);
    await story.world.message(new RegExp(`^link\\.${entryOf(story, 'latin').id}\\.`));
    await story.world.message(new RegExp(`^link\\.${entryOf(story, 'phone').id}\\.`));
  },
};

const unknown: Step = {
  name: 'a number that the registry does not know is refused, online and at the desk',
  async run(story) {
    const { name, document, contact } = stranger;
    const json = { requestType: 'first', person: { name, document }, contact, language: 'fr' };
    const { call } = story.world;
    const headers = await workFor(story, 'join');
    expectStatus(await call('POST', '/entries', { json, headers }), 422);
    const of = { token: story.keys.agent, headers: because };
    expectStatus(await call('POST', '/desk-entries', { ...of, json }), 422);
  },
};

const flags: Step = {
  name: 'people with one telephone are a flagged set, opened and settled',
  async run({ world, keys }) {
    const of = { token: keys.supervisor, headers: because };
    const { body } = await world.call('GET', '/flagged-sets', of);
    const [set] = body.flaggedSets;
    expectStatus(await world.call('GET', `/flagged-sets/${set.id}`, of), 200);
    const why = { reason: 'two sisters, both were here' };
    const path = `/flagged-sets/${set.id}`;
    const opened = await world.call('POST', `${path}/opening`, { ...of, json: why, own: true });
    expectStatus(opened, 200);
    expectText(opened.text, 'Bérengèrexq Ngọcwyz', 'Ngọc Thiềuvươngxq');
    const json = { decision: 'different_people', ...why };
    expectStatus(await world.call('POST', `${path}/settlement`, { ...of, json }), 200);
    const named = { decision: 'different_people', reason: stranger.contact.email };
    expectStatus(await world.call('POST', `${path}/settlement`, { ...of, json: named }), 400, 422);
  },
};

const byOthers: Step = {
  name: 'agents enter a person with an address only, a helper one by mandate',
  async run(story) {
    const { world, keys, entries } = story;
    const accepts = { sites: ['antony'] };
    const json = { ...bodyOf(byPost), accepts };
    const desk = await world.call('POST', '/desk-entries', {
      token: keys.agent,
      json,
      headers: because,
    });
    expectStatus(desk, 200);
    const [{ id }] = desk.body.results;
    entries.set('by-post', { id, token: '' });

    const account = { category: 'association', label: 'La Cimade' };
    const of = { token: keys.admin, headers: because };
    const made = await world.call('POST', '/helpers', { ...of, json: account });
    expectStatus(made, 201);
    const mandate = { reference: mandateReference, from: '2026-11-30', until: '2026-12-31' };
    const person = { ...bodyOf(helped), requestType: 'first', accepts, mandate };
    story.helper = made.body.key;
    const asHelper = { token: made.body.key, headers: because };
    const entered = await world.call('POST', '/helper-entries', { ...asHelper, json: person });
    expectStatus(entered, 201);
    entries.set('helped', { id: entered.body.id, token: '' });
    const again = await world.call('POST', '/helper-entries', { ...asHelper, json: person });
    expectStatus(again, 409);
    const odd = { ...person, mandate: { ...mandate, from: mandateReference } };
    expectStatus(await world.call('POST', '/helper-entries', { ...asHelper, json: odd }), 400);
    for (const path of ['/helper-entries', `/helper-entries/${entered.body.id}`]) {
      expectStatus(await world.call('GET', path, asHelper), 200);
    }
    const print = `/helper-entries/${entered.body.id}/receipt.pdf`;
    expectStatus(await world.call('GET', print, asHelper), 200);
    expectStatus(await world.call('GET', `/entries/${entered.body.id}/mandate`, of), 200);
  },
};

/** Waits until so many letters lie ready: as each is written in a worker, nobody announces it. */
async function lettersReady({ world, keys }: Story, wanted: number) {
  for (let tries = 0; tries < 2000; tries += 1) {
    world.service.sweep(prefecture);
    const { body } = await world.call('GET', '/letter-batches', { token: keys.agent });
    const [batch] = body.batches;
    if (batch?.letters >= wanted) return batch;
  }
  throw new Error('the letters do not come');
}

const printed: Step = {
  name: 'letters are printed and posted, and answered for at the desk',
  async run(story) {
    const { world, keys, draw } = story;
    const { day, letters } = await lettersReady(story, 2);
    const of = { token: keys.agent, headers: because };
    const batch = await world.call('GET', `/letter-batches/${day}`, { ...of, own: true });
    expectStatus(batch, 200);
    expectText(batch.text, byPost.name, ...byPost.contact.postal);
    const json = { letters };
    expectStatus(await world.call('POST', `/letter-batches/${day}/posted`, { ...of, json }), 200);
    expectStatus(await world.call('GET', `/letter-batches/${day}`, of), 404);
    const path = `/offers/${draw}.${entryOf(story, 'by-post').id}/desk-answer`;
    const proof = { document: byPost.document };
    expectStatus(await world.call('POST', path, { ...of, json: { action: 'accept', proof } }), 200);
  },
};

const byMandate: Step = {
  name: 'a helper accepts for its person',
  async run(story) {
    const { id } = entryOf(story, 'helped');
    await story.world.message(new RegExp(`^offer\\.${id}\\.`));
    const json = { action: 'accept', proof: { document: helped.document } };
    const of = { token: story.helper, headers: because, json };
    expectStatus(await story.world.call('POST', `/helper-entries/${id}/answer`, of), 200);
  },
};

const atDesk: Step = {
  name: 'documents are shown at the desk: of somebody else, then the right one',
  async run(story) {
    const { world, keys, draw } = story;
    const path = `/appointments/${draw}.${entryOf(story, 'by-post').id}/attendance`;
    const note = (document: unknown) =>
      world.call('POST', path, {
        token: keys.agent,
        headers: because,
        json: { attended: true, document },
      });
    const other = await note(stranger.document);
    expectStatus(other, 200);
    if (other.body.appointment !== 'refused') throw new Error(other.text);
    expectStatus(await note({ ...byPost.document, country: stranger.name }), 400);
    const right = await note(byPost.document);
    if (right.body?.appointment !== 'attended') throw new Error(right.text);
  },
};

const papers: Step = {
  name: 'receipts and certificates are made and checked, without a name unless it is asked for',
  async run(story) {
    const { world } = story;
    let certified = 0;
    for (const person of ['latin', 'arabic', 'chinese', 'cyrillic', 'phone', 'twin']) {
      const { id, token } = entryOf(story, person);
      const receipt = await world.call('GET', `/entries/${id}/receipt.pdf`, { token });
      expectStatus(receipt, 200);
      expectText(receipt.text, id);
      for (const path of ['draws', `draws/${story.draw}`, 'diagnosis', 'certificates']) {
        expectStatus(await world.call('GET', `/entries/${id}/${path}`, { token }), 200);
      }
      const signed = await world.call('GET', `/entries/${id}/certificate`, { token });
      if (signed.status !== 200) continue; // who was offered a place has none
      certified += 1;
      const paper = await world.call('GET', `/entries/${id}/certificate.pdf`, { token });
      expectStatus(paper, 200);
      const checked = { raw: signed.text, type: 'application/jwt' };
      expectStatus(await world.call('POST', '~/v1/certificates/verify', checked), 200);
      const own = await world.call('GET', `/entries/${id}/certificate.pdf?name=true`, {
        ...{ token, own: true },
      });
      expectStatus(own, 200);
      if (person === 'latin') expectText(own.text, 'Zéphyrine Qwaxolté-Brzęczyk');
    }
    if (certified < 2) throw new Error('hardly anybody has a certificate');
  },
};

const signIn: Step = {
  name: 'an agent signs in with OpenID Connect, looks for people, signs out, and in again',
  async run({ world }) {
    const enter = async () => {
      const begun = await world.call('GET', `~/v1/agents/login?prefecture=${prefecture}`);
      expectStatus(begun, 303);
      const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
      const address = begun.headers.get('location') ?? '';
      const { pathname, search } = new URL(await world.provider.signIn(address, signedIn.sub));
      const comeBack = () => world.call('GET', `~${pathname}${search}`, { headers: { cookie } });
      const back = await comeBack();
      expectStatus(back, 200);
      expectStatus(await comeBack(), 401);
      return { token: back.body.token, headers: because };
    };
    const of = await enter();
    const json = { document: byPost.document, name: byPost.name };
    expectStatus(await world.call('POST', '/entry-search', { ...of, json }), 200);
    expectStatus(await world.call('DELETE', '/session', of), 204);
    await enter();
  },
};

/** People leave nothing behind, afterwards. */
export const erase: Step = {
  name: 'people are erased, by themselves and by an agent',
  async run(story) {
    const { world, keys } = story;
    const { id, token } = entryOf(story, 'arabic');
    expectStatus(await world.call('POST', `/entries/${id}/erasure`, { token }), 200);
    const other = entryOf(story, 'cyrillic');
    const json = { reason: 'asked_by_person' };
    const path = `/entries/${other.id}/agent-erasure`;
    expectStatus(await world.call('POST', path, { token: keys.supervisor, json }), 200);
  },
};

/** People who did not join by themselves, and what agents do before a draw. */
export const offlineSteps: readonly Step[] = [links, unknown, flags, byOthers, signIn];

/** Answers of those two, while they are in time. */
export const answeredSteps: readonly Step[] = [printed, byMandate];

/** What is shown and printed once appointments have come. */
export const paperSteps: readonly Step[] = [atDesk, papers];
