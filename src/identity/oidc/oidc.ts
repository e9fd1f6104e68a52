import * as client from 'openid-client';
import type { Claims, RoleRule } from './roles.ts';

const TIMEOUT_SECONDS = 10;

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  /** Signature of ID tokens: no other is accepted. */
  readonly alg: string;
  /** Signature of what the provider says of a person, where it signs that (ProConnect does). */
  readonly userinfoAlg: string | undefined;
  /** Ways of signing in of which one is demanded (`acr`). Empty: any. */
  readonly acr: readonly string[];
  readonly rules: readonly RoleRule[];
  readonly sessionMinutes: number;
}

/** What must be the same when the person comes back. Secret: it stays with their browser. */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signing in with an OpenID Connect provider: authorization code, PKCE, state and nonce. */
export interface Oidc {
  readonly config: OidcConfig;
  /** Where to send the person, and what to expect back. @throws ProviderDown */
  begin(redirectUri: string): Promise<LoginSecrets & { readonly url: string }>;
  /**
   * What the provider says of the person who came back.
   *
   * @param returned the address they came back to, with its query
   * @throws LoginRefused, ProviderDown
   */
  finish(returned: URL, secrets: LoginSecrets): Promise<Claims & { readonly sub: string }>;
}

/** The provider cannot be reached, or not understood. */
export class ProviderDown extends Error {}

/** Something does not fit: state, nonce, code, signature, time, `acr`; or the provider says no. */
export class LoginRefused extends Error {}

/** Asks the provider for its addresses and keys at the first login, not at the start. */
export function createOidc(config: OidcConfig): Oidc {
  let discovered: Promise<client.Configuration> | undefined;
  const provider = () => {
    discovered ??= discover(config).catch((error: unknown) => {
      discovered = undefined;
      throw new ProviderDown('discovery failed', { cause: error });
    });
    return discovered;
  };

  return {
    config,
    async begin(redirectUri) {
      const state = client.randomState();
      const nonce = client.randomNonce();
      const verifier = client.randomPKCECodeVerifier();
      const url = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: config.scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(config.acr.length === 0 ? {} : { acr_values: config.acr.join(' ') }),
      });
      return { url: url.href, state, nonce, verifier };
    },
    async finish(returned, secrets) {
      const known = await provider();
      return claimsOf(known, config, returned, secrets).catch((error: unknown) => {
        if (error instanceof LoginRefused) throw error;
        throw isRefusal(error) ? new LoginRefused(codeOf(error)) : new ProviderDown(codeOf(error));
      });
    },
  };
}

function discover({ issuer, clientId, clientSecret, alg, userinfoAlg }: OidcConfig) {
  const url = new URL(issuer);
  const metadata = {
    id_token_signed_response_alg: alg,
    ...(userinfoAlg === undefined ? {} : { userinfo_signed_response_alg: userinfoAlg }),
  };
  // Signatures are checked although TLS says who speaks: proxies between us may be many.
  const execute = [client.enableNonRepudiationChecks];
  // The configuration allows http for this machine only.
  if (url.protocol === 'http:') execute.push(client.allowInsecureRequests);
  const options = { execute, timeout: TIMEOUT_SECONDS };
  return client.discovery(url, clientId, metadata, client.ClientSecretPost(clientSecret), options);
}

async function claimsOf(
  known: client.Configuration,
  { acr }: OidcConfig,
  returned: URL,
  { state, nonce, verifier }: LoginSecrets,
): Promise<Claims & { sub: string }> {
  const tokens = await client.authorizationCodeGrant(known, returned, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const identity = tokens.claims();
  if (!identity) throw new LoginRefused('no ID token');
  if (acr.length > 0 && !acr.includes(String(identity.acr))) throw new LoginRefused('acr');
  if (known.serverMetadata().userinfo_endpoint === undefined) return identity;
  const more = await client.fetchUserInfo(known, tokens.access_token, identity.sub);
  return { ...more, ...identity };
}

/** Whether the answer was understood and does not hold, or the provider says no. */
function isRefusal(error: unknown): boolean {
  if (error instanceof client.AuthorizationResponseError) return true;
  if (error instanceof client.ResponseBodyError) return error.status < 500;
  if (!(error instanceof client.ClientError)) return false;
  const trouble = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_JSON'];
  return !trouble.includes(error.code ?? '');
}

/** Its code: messages may hold what the provider said of the person. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const reason = 'error' in error && typeof error.error === 'string' ? ` ${error.error}` : '';
  return `${code}${reason}`.slice(0, 100);
}
