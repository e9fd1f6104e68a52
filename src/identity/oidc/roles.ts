import { z } from 'zod';

const Value = z.string().min(1).max(500);

/** Who signs in with these claims has this role in this prefecture. */
const RoleRule = z.strictObject({
  prefecture: z.string().regex(/^[A-Za-z0-9._-]{1,48}$/),
  role: z.enum(['auditor', 'agent', 'supervisor', 'admin']),
  /** Name of a claim → its value, or several of which one will do. All of them must fit. */
  claims: z
    .record(z.string().min(1).max(200), z.union([Value, z.array(Value).min(1).max(1000)]))
    .refine((claims) => Object.keys(claims).length > 0, 'must name a claim'),
});
export type RoleRule = z.infer<typeof RoleRule>;

/** `OIDC_ROLES`: a JSON list of rules, the first that fits counts. */
export const RoleRules = z.array(RoleRule).min(1).max(1000);

/** What an identity provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** The role that the rules give a person in a prefecture; undefined if none. Pure. */
export function roleOf(
  rules: readonly RoleRule[],
  prefecture: string,
  claims: Claims,
): RoleRule['role'] | undefined {
  const fits = (rule: RoleRule) =>
    rule.prefecture === prefecture &&
    Object.entries(rule.claims).every(([name, wanted]) => hasClaim(claims, name, wanted));
  return rules.find(fits)?.role;
}

/** Claims that anybody may type at a provider, and what says that it looked (OpenID Connect, 5.1). */
const PROOFS = new Map([
  ['email', 'email_verified'],
  ['phone_number', 'phone_number_verified'],
]);

function hasClaim(claims: Claims, name: string, wanted: string | readonly string[]): boolean {
  if (!Object.hasOwn(claims, name)) return false;
  // A provider that does not say of an address that it is proven has not proven who this is.
  const proof = PROOFS.get(name);
  if (proof !== undefined && claims[proof] !== true) return false;
  const said = [claims[name]].flat().filter((value) => typeof value === 'string');
  const fold = (text: string) => (name === 'email' ? text.toLowerCase() : text);
  const accepted = new Set([wanted].flat().map(fold));
  return said.some((value) => accepted.has(fold(value)));
}
