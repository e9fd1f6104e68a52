import { createPublicKey, verify } from 'node:crypto';
import type { SigningKey } from '#src/identity/keys/signer.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { noteKeyId, parseCheckpoint } from '#src/transparency/checkpoint.ts';

/** The key that signed a checkpoint, if it is one of these; checked by node:crypto alone. */
export function signerOf(checkpoint: string, keys: readonly SigningKey[]): string | undefined {
  const { origin, body, signatures } = parseCheckpoint(checkpoint);
  const found = keys.find(({ publicKey }) =>
    signatures.some(({ name, keyId, signature }) => {
      if (name !== origin || keyId !== noteKeyId({ name, publicKey }, nodeSha256)) return false;
      const x = Buffer.from(publicKey).toString('base64url');
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, Buffer.from(body), key, signature);
    }),
  );
  return found?.keyId;
}

/** So many leaves as events make them, numbered from `from` on. */
export function eventLeaves(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      at: '2026-12-01T08:00:00Z',
      draw: 'd1',
      entry: `e${from + index}`,
      kind: 'event',
      type: 'withdrawn',
    }),
  );
}
