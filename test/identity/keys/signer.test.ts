import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createSigner, jwksOf, verifyJws } from '#src/identity/keys/signer.ts';

const key = (letter: string) => Buffer.from(letter.repeat(32)).toString('base64');
const signer = createSigner(parseKeyring(`k1:${key('a')}`));
const rotated = createSigner(parseKeyring(`k2:${key('b')},k1:${key('a')}`));

test('a signature holds under the published key, and under no other', () => {
  const [jwk, former] = jwksOf(rotated.keys).keys;
  const bytes = Buffer.from('some bytes');
  const holds = (of: typeof jwk, signature: Uint8Array) =>
    verify(null, bytes, createPublicKey({ key: { ...of }, format: 'jwk' }), signature);
  expect(holds(jwk, rotated.sign(bytes))).toBe(true);
  expect(holds(former, rotated.sign(bytes))).toBe(false);
  expect(holds(former, signer.sign(bytes))).toBe(true);
});

test('a JWS of a former key is still read, one with a changed byte or another type is not', async () => {
  const jws = signer.signJws('some+jwt', { b: 1, a: 'é' });
  const read = await verifyJws('some+jwt', jws, rotated.keys);
  expect(read).toEqual({ keyId: 'k1', claims: { a: 'é', b: 1 } });
  const refused = { code: 'signature_invalid' };
  for (const at of [3, 60, jws.length - 1]) {
    const changed = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
    await expect(verifyJws('some+jwt', changed, rotated.keys)).rejects.toMatchObject(refused);
  }
  await expect(verifyJws('other+jwt', jws, rotated.keys)).rejects.toMatchObject(refused);
  await expect(verifyJws('some+jwt', '', rotated.keys)).rejects.toMatchObject(refused);
  await expect(verifyJws('some+jwt', jws, [rotated.current])).rejects.toMatchObject(refused);
});
