import { expect, test } from 'vitest';
import { type RoleRule, RoleRules, roleOf } from '#src/identity/oidc/roles.ts';

const rule = (claims: RoleRule['claims'], role: RoleRule['role'] = 'agent'): RoleRule => ({
  prefecture: '92',
  role,
  claims,
});

test.each([
  [{ siret: '1' }, { siret: '1' }, true],
  [{ siret: '1' }, { siret: '2' }, false],
  [{ siret: '1' }, {}, false],
  [{ siret: ['1', '2'] }, { siret: '2' }, true],
  [{ roles: 'desk' }, { roles: ['head', 'desk'] }, true],
  [{ roles: 'desk' }, { roles: 'desk chief' }, false],
  [{ siret: '1', roles: 'desk' }, { siret: '1' }, false],
  [{ siret: '1', roles: 'desk' }, { siret: '1', roles: ['desk'] }, true],
  [{ level: '1' }, { level: 1 }, false],
  [{ roles: 'Desk' }, { roles: 'desk' }, false],
  [{ email: 'a@example.org' }, { email: 'A@Example.org', email_verified: true }, true],
  [{ email: 'a@example.org' }, { email: 'a@example.org', email_verified: false }, false],
  [{ email: 'a@example.org' }, { email: 'a@example.org' }, false],
  [{ email: 'a@example.org' }, { email: 'a@example.org', email_verified: 'true' }, false],
  [{ phone_number: '+33' }, { phone_number: '+33' }, false],
  [{ phone_number: '+33' }, { phone_number: '+33', phone_number_verified: true }, true],
  [{ siret: '1', email: 'a@example.org' }, { siret: '1', email: 'a@example.org' }, false],
  [{ constructor: 'Object' }, {}, false],
])('a rule %j and claims %j: %s', (wanted, claims, fits) => {
  expect(roleOf([rule(wanted)], '92', claims)).toBe(fits ? 'agent' : undefined);
  expect(roleOf([rule(wanted)], '93', claims)).toBeUndefined();
});

test('the first rule that fits counts', () => {
  const rules = [rule({ a: '1' }, 'admin'), rule({ b: '1' }, 'auditor'), rule({ a: '2' })];
  expect(roleOf(rules, '92', { a: '1', b: '1' })).toBe('admin');
  expect(roleOf(rules, '92', { a: '2', b: '1' })).toBe('auditor');
});

test('a rule that names no claim would let everybody in, and is refused', () => {
  expect(RoleRules.safeParse([rule({})]).success).toBe(false);
  expect(RoleRules.safeParse([{ ...rule({ a: '1' }), role: 'king' }]).success).toBe(false);
  expect(RoleRules.safeParse([]).success).toBe(false);
  expect(RoleRules.safeParse([rule({ a: '1' })]).success).toBe(true);
});
