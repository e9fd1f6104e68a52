import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import {
  checkpointBody,
  noteKeyId,
  noteKeyText,
  noteText,
  parseCheckpoint,
  parseNoteKey,
} from '#src/transparency/checkpoint.ts';

/** The example of c2sp.org/tlog-checkpoint. */
const example = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

/** The key and the note of the documentation of golang.org/x/mod/sumdb/note. */
const neumannKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const neumannBody =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const neumannSignature =
  'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

const name = fc.stringMatching(/^[a-z0-9./-]{1,30}$/);
const head = fc.record({
  origin: name,
  size: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  root: fc.stringMatching(/^[0-9a-f]{64}$/),
});
const signature = fc.record({
  name,
  keyId: fc.stringMatching(/^[0-9a-f]{8}$/),
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
});

describe('checkpoints of c2sp.org/tlog-checkpoint', () => {
  test('the example of the specification is read', () => {
    const { origin, size, root, body, signatures } = parseCheckpoint(example);
    expect({ origin, size, root }).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: '0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62',
    });
    expect(signatures).toMatchObject([{ name: origin, keyId: '033de0ae' }]);
    expect(noteText(checkpointBody({ origin, size, root }), signatures)).toBe(example);
    expect(example.startsWith(body)).toBe(true);
  });

  test('a note signed by another implementation holds under its key', () => {
    const key = parseNoteKey(neumannKey, nodeSha256);
    expect(noteKeyText(key, nodeSha256)).toBe(neumannKey);
    expect(noteKeyId(key, nodeSha256)).toBe('c74f20a3');
    const bytes = Buffer.from(neumannSignature, 'base64');
    const x = Buffer.from(key.publicKey).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = Buffer.from(neumannBody);
    expect(verify(null, signed, publicKey, bytes.subarray(4))).toBe(true);
    const part = { name: key.name, keyId: 'c74f20a3', signature: bytes.subarray(4) };
    expect(noteText(neumannBody, [part])).toBe(
      `${neumannBody}\n— PeterNeumann ${neumannSignature}\n`,
    );
  });

  test('what is written is read back, whoever signed it', () => {
    const signatures = fc.array(signature, { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(head, signatures, (given, signed) => {
        const body = checkpointBody(given);
        expect(parseCheckpoint(noteText(body, signed))).toEqual({
          ...given,
          body,
          signatures: signed,
        });
      }),
    );
  });

  test('extension lines are signed and not read', () => {
    const text = example.replace('2I=\n', '2I=\nextension\n');
    expect(parseCheckpoint(text)).toMatchObject({ size: 20852163 });
    expect(parseCheckpoint(text).body).toContain('extension\n');
  });

  test.each([
    ['no signature', example.slice(0, example.indexOf('—'))],
    ['no last line feed', example.slice(0, -1)],
    ['no empty line', example.replace('\n\n', '\n')],
    ['no origin', example.slice(example.indexOf('\n'))],
    ['a size with a zero before it', example.replace('2085', '02085')],
    ['a size that is no safe integer', example.replace('20852163', '9007199254740993')],
    ['a short root', example.replace('CsUY', '')],
    ['a root with bits to spare', example.replace('2I=', '2J=')],
    ['a carriage return', example.replace('sofa\n', 'sofa\r\n')],
    ['a hyphen for the dash', example.replace('—', '-')],
    ['a signature too short to have a key id', example.replace(/Az3.*/, 'AAAA')],
    ['70,000 characters', `${'x'.repeat(70_000)}${example}`],
    ['nothing', ''],
  ])('%s is refused', (_what, text) => {
    expect(() => parseCheckpoint(text)).toThrow(
      expect.objectContaining({ code: 'input_malformed' }),
    );
  });

  test('a key whose id is not its own is refused', () => {
    expect(() => parseNoteKey(neumannKey.replace('c74f', 'c74e'), nodeSha256)).toThrow(
      expect.objectContaining({ code: 'input_malformed' }),
    );
    expect(() => parseNoteKey('x+00000000+AAAA', nodeSha256)).toThrow('must be name+id+key');
  });
});
