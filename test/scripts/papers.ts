import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { jcs } from '#src/base/jcs.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import {
  checkpointBody,
  noteKeyId,
  noteText,
  type TreeHead,
} from '#src/transparency/checkpoint.ts';

/** A service's key, as a test holds it. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly jwks: string;
  readonly publicKey: Uint8Array;
}

/** A new Ed25519 key with this id. */
export function createKey(keyId: string): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', kid: keyId, alg: 'EdDSA', use: 'sig', x };
  return {
    privateKey,
    jwks: JSON.stringify({ keys: [jwk] }),
    publicKey: Buffer.from(x, 'base64url'),
  };
}

/** A compact JWS of RFC 8785 claims. */
export function signClaims(typ: string, claims: object, { privateKey }: TestKey): Promise<string> {
  return new CompactSign(new TextEncoder().encode(jcs(claims)))
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ })
    .sign(privateKey);
}

/** The signed checkpoint of a head. */
export function signHead(head: TreeHead, { privateKey, publicKey }: TestKey): string {
  const body = checkpointBody(head);
  const keyId = noteKeyId({ name: head.origin, publicKey }, nodeSha256);
  const signature = sign(null, Buffer.from(body), privateKey);
  return noteText(body, [{ name: head.origin, keyId, signature }]);
}

/** A directory for files of one test file. */
export function createDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'tirage-verify-'));
  return {
    save(name: string, text: string | Uint8Array): string {
      const path = join(directory, name);
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}
