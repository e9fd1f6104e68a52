import { createCipheriv, createDecipheriv } from 'node:crypto';
import { packPerson, unpackPerson } from '../person/packing.ts';
import type { Person } from '../person/person.ts';
import { type Key, type Keyring, purposeKey } from './keyring.ts';
import { twelveRandomBytes } from './random.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Vault {
  /** Seals a person for one place: `context` names prefecture and entry, and is not stored. */
  seal(person: Person, context: string): string;
  /** @throws Error, without content, unless the same context and a known key fit. */
  open(sealed: string, context: string): Person;
  /** Seals a short text, such as the operator's secret of a draw. */
  sealText(text: string, context: string): string;
  /** @throws Error, without content, unless the same context and a known key fit. */
  openText(sealed: string, context: string): string;
  /** Seals a person anew under the current key; one that is sealed so comes back as it is. */
  reseal(sealed: string, context: string): string;
  /** The same for a short text. */
  resealText(sealed: string, context: string): string;
}

/**
 * Encrypts what must be readable again: AES-256-GCM, a fresh random nonce each time, the context
 * as associated data. A sealed text moved to another entry does not open, nor a sealed text as a
 * person. Random nonces are sound for 2^32 seals a key: rotate long before.
 *
 * Written as base64url of `length of key id | key id | nonce | ciphertext | tag`.
 */
export function createVault(keyring: Keyring): Vault {
  const people = sealer(keyring, 'person/v1');
  const texts = sealer(keyring, 'text/v1');
  const again = ({ seal, open }: ReturnType<typeof sealer>) => {
    return (sealed: string, context: string) =>
      sealingKeyId(sealed) === keyring.current.id ? sealed : seal(open(sealed, context), context);
  };
  return {
    seal: (person, context) => people.seal(packPerson(person), context),
    open: (sealed, context) => unpackPerson(people.open(sealed, context)),
    sealText: (text, context) => texts.seal(text, context),
    openText: (sealed, context) => texts.open(sealed, context),
    reseal: again(people),
    resealText: again(texts),
  };
}

/**
 * Id of the key that sealed a text; the key itself need not be known. Pure.
 *
 * @throws Error, without content, for what no vault sealed
 */
export function sealingKeyId(sealed: string): string {
  return takeApart(sealed).id;
}

function sealer(keyring: Keyring, purpose: string) {
  const keys = new Map(keyring.keys.map((key) => [key.id, purposeKey(key, purpose)]));
  const secretOf = (key: Key) => {
    const secret = keys.get(key.id);
    if (secret === undefined) throw new Error('a keyring without its own key');
    return secret;
  };
  return {
    seal(text: string, context: string): string {
      const nonce = twelveRandomBytes();
      const cipher = createCipheriv(CIPHER, secretOf(keyring.current), nonce, {
        authTagLength: TAG_BYTES,
      }).setAAD(Buffer.from(context));
      const id = Buffer.from(keyring.current.id);
      const body = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat([Buffer.of(id.length), id, nonce, ...body]).toString('base64url');
    },
    open(sealed: string, context: string): string {
      const { id, nonce, ciphertext, tag } = takeApart(sealed);
      const key = keyring.find(id);
      if (key === undefined) throw new Error('sealed with a key that is not in the keyring');
      const decipher = createDecipheriv(CIPHER, secretOf(key), nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      try {
        return decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new Error('sealed text does not open: wrong context, wrong key or altered', {
          cause,
        });
      }
    },
  };
}

function takeApart(sealed: string) {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonceAt = 1 + (bytes[0] ?? 0);
  const bodyAt = nonceAt + NONCE_BYTES;
  const tagAt = bytes.length - TAG_BYTES;
  // Node ignores foreign characters and spare bits: only the one spelling that we write will do.
  if (tagAt < bodyAt || bytes.toString('base64url') !== sealed) {
    throw new Error('sealed text is malformed');
  }
  return {
    id: bytes.toString('latin1', 1, nonceAt),
    nonce: bytes.subarray(nonceAt, bodyAt),
    ciphertext: bytes.subarray(bodyAt, tagAt),
    tag: bytes.subarray(tagAt),
  };
}
