import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isAgentSecret, newAgentKey, parseAgentKey } from '#src/identity/keys/agent-keys.ts';
import { newEntryId } from '#src/identity/keys/ids.ts';

describe('an agent key', () => {
  test('can be taken apart and checked against its hash alone', () => {
    const { key, id, hash } = newAgentKey();
    const parsed = parseAgentKey(key);
    expect(parsed?.id).toBe(id);
    expect(hash).toBe(
      createHash('sha256')
        .update(parsed?.secret ?? '')
        .digest('hex'),
    );
    expect(isAgentSecret(parsed?.secret ?? '', hash)).toBe(true);
    expect(isAgentSecret(`${parsed?.secret}x`, hash)).toBe(false);
    expect(isAgentSecret('', hash)).toBe(false);
  });

  test('never fits a damaged hash', () => {
    const { key } = newAgentKey();
    const secret = parseAgentKey(key)?.secret ?? '';
    expect(isAgentSecret(secret, '')).toBe(false);
    expect(isAgentSecret(secret, 'zz')).toBe(false);
  });

  test.each(['', 'tirage', 'tirage_a_b', 'tirage__', `tirage_${'a'.repeat(10)}_${'A'.repeat(40)}`])(
    '%j is none',
    (text) => expect(parseAgentKey(text)).toBeUndefined(),
  );
});

describe('ids', () => {
  test('of entries are 16 characters, none twice', () => {
    const ids = Array.from({ length: 2000 }, newEntryId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
  });
});
