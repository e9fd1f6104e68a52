import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** What a test account says of itself, beside `sub`. */
export type Account = Readonly<Record<string, unknown>>;

export const clientId = 'tirage';
export const clientSecret = 'a secret of the tests, long enough';

/**
 * A real OpenID Connect server on loopback, like ProConnect: what it says of a person is a signed
 * JWT. Two accounts get ID tokens that are otherwise right: `late` one that has expired, `forged`
 * one that somebody else signed.
 */
export async function startProvider(accounts: Readonly<Record<string, Account>>, redirect: string) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'key', use: 'sig', alg: 'RS256' };
  const provider = new Provider(issuer, configuration(accounts, redirect, key));
  const other = await generateKeyPair('RS256');
  provider.use(async (ctx, next) => {
    await next();
    const account = ctx.oidc?.account?.accountId;
    const isWrong = account === 'late' || account === 'forged';
    if (!isWrong || ctx.oidc.route !== 'token' || !ctx.body?.id_token) return;
    const claims = decodeJwt(ctx.body.id_token);
    if (account === 'late') claims.exp = (claims.iat ?? 0) - 60;
    const signed = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key' });
    ctx.body.id_token = await signed.sign(account === 'late' ? privateKey : other.privateKey);
  });
  server.on('request', provider.callback());
  return {
    issuer,
    /** Signs a person in as a browser would; answers where the provider sends them back to. */
    signIn: (address: string, account: string) => signIn(address, account),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configuration(
  accounts: Readonly<Record<string, Account>>,
  redirect: string,
  key: object,
): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirect],
        token_endpoint_auth_method: 'client_secret_post',
        userinfo_signed_response_alg: 'RS256',
      },
    ],
    claims: { openid: ['sub', 'siret', 'roles', 'acr'], email: ['email', 'email_verified'] },
    cookies: { keys: ['only for tests'] },
    features: { jwtUserinfo: { enabled: true }, devInteractions: { enabled: true } },
    jwks: { keys: [key] },
    ttl: {
      ...{ AccessToken: 600, AuthorizationCode: 600, Grant: 600, IdToken: 600 },
      ...{ Interaction: 600, Session: 600 },
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
    async loadExistingGrant(ctx) {
      const { provider, session, client } = ctx.oidc;
      if (!session?.accountId || !client) return undefined;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  };
}

async function signIn(address: string, account: string): Promise<string> {
  const jar = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      jar.set(name, value);
    }
    await answer.body?.cancel();
    const next = answer.headers.get('location');
    return next === null ? undefined : new URL(next, url).href;
  };
  let here: string | undefined = address;
  const { origin } = new URL(address);
  for (let step = 0; step < 10 && here?.startsWith(origin); step += 1) {
    const isForm: boolean = here.includes('/interaction/');
    here = await visit(here, isForm ? { prompt: 'login', login: account } : undefined);
  }
  if (here === undefined) throw new Error('the provider did not send anyone back');
  return here;
}
