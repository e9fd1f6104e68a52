import { expect, test } from 'vitest';
import { verifyJws } from '#src/identity/keys/signer.ts';
import { RECEIPT_TYPE } from '#src/papers/claims.ts';
import { join, joinRequest, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
const receiptOf = async (id: string, token: string) => {
  const { status, headers, text } = await api.call('GET', `/entries/${id}/receipt`, { token });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/jwt']);
  return text;
};
const claimsOf = async (jws: string) =>
  (await verifyJws(RECEIPT_TYPE, jws, api.deps().signer.keys)).claims;

test('a receipt follows its entry: joined, waiting, with another availability', async () => {
  const { id, token } = await join(api, {}, { verified: false });
  const joined = await receiptOf(id, token);
  expect(await claimsOf(joined)).not.toHaveProperty('waitingSince');
  api.time.nowMs += 1500;
  expect(await receiptOf(id, token)).toBe(joined);
  await verify(api, id);
  expect(await claimsOf(await receiptOf(id, token))).toMatchObject({
    v: 1,
    prefecture,
    entry: id,
    requestType: 'renewal',
    waitingSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
  api.time.nowMs += 1500;
  const json = { accepts: { sites: ['nanterre'] } };
  await api.call('PATCH', `/entries/${id}`, { token, json });
  expect(await claimsOf(await receiptOf(id, token))).toMatchObject({
    accepts: expect.stringMatching(/^[0-9a-f]{64}$/),
    acceptsSince: expect.any(String),
    iat: Math.ceil(api.time.nowMs / 1000),
  });
});

test('joining, its repetition, the code and each change answer with the receipt of that moment', async () => {
  const json = joinRequest({ accepts: { notBefore: '2027-01-04' } });
  const send = () =>
    api.call('POST', '/entries', { json, headers: { 'idempotency-key': 'a-key-of-this-test' } });
  const { id, token, receipt } = (await send()).body;
  expect(receipt.jws).toBe(await receiptOf(id, token));
  api.time.nowMs += 60_000;
  const verified = await verify(api, id);
  expect(verified.body.receipt).toBe(await receiptOf(id, token));
  expect(verified.body.receipt).not.toBe(receipt.jws);
  api.time.nowMs += 60_000;
  const changed = await api.call('PATCH', `/entries/${id}`, { token, json: { accepts: null } });
  expect(changed.body.receipt).toBe(await receiptOf(id, token));
  expect(await claimsOf(changed.body.receipt)).not.toHaveProperty('accepts');
  // What joining answered is answered again, though the entry is another by now.
  expect((await send()).body.receipt).toEqual(receipt);
});

test('each line from the desk has the receipt of an entry that waits', async () => {
  const { contact: _none, ...desk } = joinRequest();
  const agent = await api.keyOf('agent');
  const { body } = await api.call('POST', '/desk-entries', { token: agent, json: desk });
  const [{ id, receipt }] = body.results;
  expect(receipt).toBe(await receiptOf(id, api.tokens.entryToken(prefecture, id)));
  expect(await claimsOf(receipt)).toHaveProperty('waitingSince');
  const again = await api.call('POST', '/desk-entries', { token: agent, json: desk });
  expect(again.body.results[0]).not.toHaveProperty('receipt');
});

test('a receipt names nobody, and only its entry may have it', async () => {
  const { id, token, request } = await join(api);
  const claims = JSON.stringify(await claimsOf(await receiptOf(id, token)));
  expect(claims).not.toContain(request.person.name);
  expect(claims).not.toContain(request.contact.email);
  const other = await join(api);
  const { status } = await api.call('GET', `/entries/${id}/receipt`, { token: other.token });
  expect(status).toBe(401);
});

test('a receipt with a changed character is refused, wherever it is', async () => {
  const { id, token } = await join(api);
  const jws = await receiptOf(id, token);
  for (let i = 0; i < jws.length; i += 1) {
    const changed = `${jws.slice(0, i)}${jws[i] === 'A' ? 'B' : 'A'}${jws.slice(i + 1)}`;
    await expect(claimsOf(changed)).rejects.toMatchObject({ code: 'signature_invalid' });
  }
});
