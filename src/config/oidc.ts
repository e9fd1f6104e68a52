import { z } from 'zod';
import type { OidcConfig } from '../identity/oidc/oidc.ts';
import { RoleRules } from '../identity/oidc/roles.ts';

const Algorithm = z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']);

/** https, or plain http to this machine, for trying out. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search + url.hash + url.username !== '') return false;
  return url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

const Roles = z.string().transform((text, context) => {
  const parsed = RoleRules.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: 'custom', message: `${path.join('.')}: ${message}` });
  }
  return z.NEVER;
});

/** Where agents sign in, and who they are then. */
export const oidcEnvironment = {
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isIssuer, 'must be an https address')
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().min(16).max(500).optional(),
  OIDC_SCOPES: z
    .string()
    .regex(/^openid( [\x21-\x7e]+)*$/, 'must begin with openid')
    .default('openid email'),
  OIDC_ALG: Algorithm.default('RS256'),
  OIDC_USERINFO_ALG: Algorithm.optional(),
  /** Accepted values of `acr`, commas between. */
  OIDC_ACR: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((all) => all.filter(Boolean)),
  OIDC_ROLES: Roles.optional(),
  OIDC_SESSION_MINUTES: z.coerce.number().int().min(5).max(720).default(240),
};

type OidcEnvironment = z.output<z.ZodObject<typeof oidcEnvironment>>;

/** Whether all that signing in needs is there, or nothing of it. Pure. */
export function isOidcWhole(env: OidcEnvironment): boolean {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLES } = env;
  const given = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLES].map(
    (value) => value !== undefined,
  );
  return new Set(given).size === 1;
}

/** Undefined where agents come by keys alone. Pure. */
export function oidcConfig(env: OidcEnvironment): OidcConfig | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLES } = env;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_ROLES) return undefined;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scopes: env.OIDC_SCOPES,
    alg: env.OIDC_ALG,
    userinfoAlg: env.OIDC_USERINFO_ALG,
    acr: env.OIDC_ACR,
    rules: OIDC_ROLES,
    sessionMinutes: env.OIDC_SESSION_MINUTES,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
