import { stranger } from './marked-people.ts';
import type { Step } from './marked-steps.ts';

/** Bodies with a person where nobody would put one. */
function oddBodies(): { json?: unknown; raw?: string; type?: string }[] {
  const { name, document, contact, address, also } = stranger;
  const good = { requestType: 'first', person: { name, document }, contact, language: 'fr' };
  const [word] = also;
  return [
    { json: { ...good, [name]: name } },
    { json: { ...good, [contact.email]: 1, [document.number]: { [address]: address } } },
    { json: { ...good, address } },
    { json: { ...good, requestType: word } },
    { json: { ...good, requestType: name } },
    { json: { ...good, language: name } },
    { json: { ...good, accepts: { sites: [word], notBefore: name, notAfter: document.number } } },
    { json: { ...good, accepts: { sites: [word] } } },
    { json: { ...good, accepts: { windows: [{ days: [name], from: name, until: address }] } } },
    { json: { ...good, contact: { email: name, phone: address, webhook: contact.email } } },
    { json: { ...good, person: { name: [name], document: { kind: name, number: name } } } },
    { json: { ...good, person: { name, document: { kind: 'passport', country: name } } } },
    { json: { ...good, person: { name, document: { ...document, number: name } } } },
    { json: [name, document, contact] },
    { json: name },
    { raw: `{"name":"${name}","number":${document.number}` },
    { raw: `{"${name}"` },
    { raw: name, type: 'text/csv' },
    { raw: JSON.stringify(good), type: `text/${word}` },
  ];
}

/** What is sent where nobody would send it. */
export const refuse: Step = {
  name: 'malformed and misplaced requests are refused',
  async run({ world, keys }) {
    const { name, document, contact, also } = stranger;
    const [word] = also;
    const encoded = encodeURIComponent(name);
    const routes = [
      ['POST', '/entries'],
      ['POST', '/desk-entries'],
      ['POST', '/entry-search'],
      ['POST', '/slots'],
      ['PUT', '/settings'],
      ['PUT', '/sites'],
      ['PUT', '/request-types'],
      ['PUT', '/rules'],
      ['POST', '/agents'],
      ['POST', '/draws'],
      ['PUT', `/draw-schedules/${word}`],
      ['POST', `/entries/${word}/rejection`],
      ['POST', `/entries/${word}/agent-erasure`],
      ['POST', `/entries/${word}/verification`],
      ['POST', `/appointments/${word}.${word}/attendance`],
      ['POST', '/helpers'],
      ['POST', '/helper-entries'],
      ['POST', '/link-requests'],
      ['POST', `/flagged-sets/${word}/settlement`],
      ['POST', '/letter-batches/2026-12-01/posted'],
      ['POST', `/entries/${word}/absence/decision`],
      ['POST', '~/v1/certificates/verify'],
    ] as const;
    const headers = { 'Audit-Reason': 'a test of refusals' };
    for (const [method, path] of routes) {
      for (const body of oddBodies()) {
        await world.call(method, path, { token: keys.admin, headers, ...body });
      }
    }
    for (const path of [`/entries/${encoded}`, `/entries/${word}`, `/offers/${word}.${word}`]) {
      for (const method of ['GET', 'POST', 'DELETE'])
        await world.call(method, path, { token: word });
    }
    const queries = [`state=${encoded}`, `${encoded}=1`, `id=${word}`, `cursor=${document.number}`];
    for (const query of queries) {
      await world.call('GET', `/entries?${query}`, { token: keys.admin });
      await world.call('GET', `/draws?${query}`);
    }
    await world.call('GET', `~/v1/prefectures/${word}`);
    await world.call('GET', `~/p/${word}/entries/${encoded}`);
    await world.call('GET', `~/${encoded}?email=${encodeURIComponent(contact.email)}`);
    const strange = { 'Idempotency-Key': word, 'X-Request-Id': word, 'User-Agent': word };
    await world.call('POST', '/entries', { json: {}, headers: strange });
    const good = { requestType: 'first', person: { name, document }, contact, language: 'fr' };
    const forged = { 'Proof-Of-Work': Buffer.from(JSON.stringify(good)).toString('base64') };
    await world.call('POST', '/entries', { json: good, headers: forged });
  },
};
