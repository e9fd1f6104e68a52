import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault } from '#src/identity/keys/vault.ts';

const key = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
const entropy = operatorEntropy(createVault(parseKeyring(`k1:${key}`)));
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

test('what is revealed is what was committed to, however often it is asked', async () => {
  const draw = { id: 'd1', ...(await entropy.prepare('92', 'd1')) };
  const revealed = await entropy.reveal('92', draw);
  expect(await entropy.reveal('92', draw)).toEqual(revealed);
  const { secret } = Object(Object(revealed).entropy) as { secret: string };
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(draw.entropy).toEqual({ source: 'operator', commitment: sha256(secret) });
  expect(JSON.stringify(draw)).not.toContain(secret);
});

test('every draw has a secret of its own', async () => {
  const draws = await Promise.all([1, 2, 3].map(() => entropy.prepare('92', 'd1')));
  expect(new Set(draws.map((draw) => JSON.stringify(draw.entropy))).size).toBe(3);
});

test('a sealed secret opens for its own draw only', async () => {
  const { entropy: declared, ...sealed } = await entropy.prepare('92', 'd1');
  const moved = { id: 'd2', entropy: declared, ...sealed };
  await expect(entropy.reveal('92', moved)).rejects.toThrow('does not open');
  await expect(entropy.reveal('93', { ...moved, id: 'd1' })).rejects.toThrow('does not open');
});

test('a secret that does not fit its commitment is not revealed', async () => {
  const draw = { id: 'd1', ...(await entropy.prepare('92', 'd1')) };
  const other = await entropy.prepare('92', 'd1');
  const changed = { ...draw, entropy: other.entropy };
  await expect(entropy.reveal('92', changed)).rejects.toThrow('not the one committed to');
});
