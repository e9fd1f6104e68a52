import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createOidc,
  LoginRefused,
  type OidcConfig,
  ProviderDown,
} from '#src/identity/oidc/oidc.ts';
import { clientId, clientSecret, startProvider } from '../../support/oidc.ts';
import { minuteMs, otherPrefecture, prefecture, twoTypes, useApi } from '../harness.ts';

const redirect = 'https://rdv.example.org/v1/agents/callback';
const siret = '13000000000012';
const accounts = {
  alice: { siret, email: 'Alice@example.org', email_verified: true },
  bob: { siret: '13000000000099', roles: ['desk', 'tirage-auditor'] },
  eve: { siret: 'none', email: 'alice@example.org', email_verified: false },
  late: { siret },
  forged: { siret },
};
const rules: OidcConfig['rules'] = [
  { prefecture, role: 'supervisor', claims: { siret, email: ['alice@example.org'] } },
  { prefecture, role: 'agent', claims: { siret } },
  { prefecture, role: 'auditor', claims: { roles: 'tirage-auditor' } },
  { prefecture, role: 'admin', claims: { email: 'alice@example.org' } },
];

/** Where nobody answers. */
const nowhere = 'http://127.0.0.1:1';
let isDown = false;
let provider: Awaited<ReturnType<typeof startProvider>>;
const config = (): OidcConfig => ({
  issuer: isDown ? nowhere : provider.issuer,
  clientId,
  clientSecret,
  scopes: 'openid email',
  alg: 'RS256',
  userinfoAlg: 'RS256',
  acr: [],
  rules,
  sessionMinutes: 60,
});
const api = useApi({}, () => createOidc(config()));
beforeAll(async () => {
  provider = await startProvider(accounts, redirect);
});
afterAll(() => provider.stop());

/** Begins to sign in: where the browser is sent, and the cookie it keeps. */
async function begin(of = prefecture) {
  const reply = await api.send('GET', `/v1/agents/login?prefecture=${of}`);
  const [cookie = ''] = (reply.headers.get('set-cookie') ?? '').split(';');
  return { ...reply, address: reply.headers.get('location') ?? '', cookie };
}

async function comeBack(address: string, cookie: string) {
  const { pathname, search } = new URL(address);
  return api.send('GET', `${pathname}${search}`, { headers: { cookie } });
}

async function signIn(account: string, of = prefecture) {
  const { address, cookie } = await begin(of);
  return comeBack(await provider.signIn(address, account), cookie);
}

/** The cookie with something else in it: only who has the sealing key can make one. */
function forged(cookie: string, members: Record<string, unknown>): string {
  const [name, sealed = ''] = cookie.split('=');
  const login = JSON.parse(api.vault.openText(sealed, 'agent login'));
  return `${name}=${api.vault.sealText(JSON.stringify({ ...login, ...members }), 'agent login')}`;
}

const refused = [401, 'sign_in_refused'];
const codes = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe('signing in', () => {
  test('gives the role of the first rule that fits, and a token that works', async () => {
    const { status, body, headers } = await signIn('alice');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ prefecture, role: 'supervisor' });
    expect(body.agent).toMatch(/^p-[A-Za-z0-9_-]{16}$/);
    const { token } = body;
    expect((await api.call('PUT', '/pause', { token, json: { paused: false } })).status).toBe(200);
    expect((await api.call('PUT', '/rules', { token, json: {} })).body.code).toBe(
      'role_insufficient',
    );
    const elsewhere = await api.send('GET', `/v1/prefectures/${otherPrefecture}/slots`, { token });
    expect(codes(elsewhere)).toEqual([401, 'credentials_rejected']);
  });

  test('is a line of the audit log, under a name that says nothing of the person', async () => {
    const { body } = await signIn('alice');
    const again = await signIn('alice');
    expect(again.body.agent).toBe(body.agent);
    const lines = (await Array.fromAsync(api.store.audit.read(prefecture))).flat();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: 'change', operation: 'signIn', agent: body.agent, role: 'supervisor' },
      { kind: 'outcome', operation: 'signIn', of: 0, status: 200 },
      { kind: 'change' },
      { kind: 'outcome' },
    ]);
    const stored = JSON.stringify(await api.redis.keys('*'));
    expect(lines.join() + stored + api.logged.join()).not.toMatch(/alice|13000000000012/i);
    // The later session took the place of the earlier one.
    const { status } = await api.call('GET', '/slots', { token: body.token });
    expect(status).toBe(401);
  });

  test('sends the browser away with state, nonce and PKCE, and a cookie for this host alone', async () => {
    const { status, address, headers } = await begin();
    expect(status).toBe(303);
    const query = Object.fromEntries(new URL(address).searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: redirect,
    });
    expect(query.state).toMatch(/.{43}/);
    expect(query.nonce).toMatch(/.{43}/);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-tirage-login=\S+; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(cookie).not.toContain(query.state);
  });
});

describe('nobody is let in', () => {
  test('without a role here, be it a person of another prefecture', async () => {
    const stranger = await signIn('nobody');
    expect(codes(stranger)).toEqual([403, 'person_unmapped']);
    expect(codes(await signIn('alice', otherPrefecture))).toEqual([403, 'person_unmapped']);
    expect(codes(await signIn('eve'))).toEqual([403, 'person_unmapped']);
    expect((await signIn('bob')).body.role).toBe('auditor');
  });

  test('with another state, or without the cookie of this browser', async () => {
    const { address, cookie } = await begin();
    const back = await provider.signIn(address, 'alice');
    const other = await begin();
    expect(codes(await comeBack(back, other.cookie))).toEqual(refused);
    expect(codes(await comeBack(back, ''))).toEqual(refused);
    expect(codes(await comeBack(back, `${cookie}x`))).toEqual(refused);
    expect(codes(await comeBack(back.replace(/state=./, 'state=!'), cookie))).toEqual(refused);
  });

  test('twice with one code', async () => {
    const { address, cookie } = await begin();
    const back = await provider.signIn(address, 'alice');
    expect((await comeBack(back, cookie)).status).toBe(200);
    expect(codes(await comeBack(back, cookie))).toEqual(refused);
    // Nor where we have forgotten the state: then the provider knows the code.
    await api.redis.flushdb();
    await api.store.prefectures.create(prefecture, twoTypes());
    expect(codes(await comeBack(back, cookie))).toEqual(refused);
  });

  test.each([
    ['nonce', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['verifier', 'invalid_grant'],
  ])('with another %s', async (name, reason) => {
    const { address, cookie } = await begin();
    const back = await provider.signIn(address, 'alice');
    const wrong = forged(cookie, { [name]: 'x'.repeat(43) });
    expect(codes(await comeBack(back, wrong))).toEqual(refused);
    expect(api.logged.join()).toContain(reason);
  });

  test('ten minutes after they went away', async () => {
    const { address, cookie } = await begin();
    const back = await provider.signIn(address, 'alice');
    api.time.nowMs += 10 * minuteMs;
    expect(codes(await comeBack(back, cookie))).toEqual(refused);
  });

  test.each([
    ['late', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
    ['forged', 'OAUTH_INVALID_RESPONSE'],
  ])('with an ID token that is %s', async (account, reason) => {
    expect(codes(await signIn(account))).toEqual(refused);
    expect(api.logged.join()).toContain(reason);
  });

  test('when the provider says no', async () => {
    const { address, cookie } = await begin();
    const state = new URL(address).searchParams.get('state');
    const back = `${redirect}?error=access_denied&state=${state}&iss=${provider.issuer}`;
    expect(codes(await comeBack(back, cookie))).toEqual(refused);
  });
});

describe('the word of the provider', () => {
  test.each([
    ['under another algorithm', { alg: 'ES256' }],
    ['without the way of signing in that is demanded', { acr: ['eidas2'] }],
    ['about the person, under another algorithm', { userinfoAlg: 'ES256' }],
  ])('does not count %s', async (_, members) => {
    const oidc = createOidc({ ...config(), ...members });
    const { url, ...secrets } = await oidc.begin(redirect);
    const back = new URL(await provider.signIn(url, 'alice'));
    await expect(oidc.finish(back, secrets)).rejects.toBeInstanceOf(LoginRefused);
    const usual = await createOidc(config()).begin(redirect);
    const again = new URL(await provider.signIn(usual.url, 'alice'));
    expect(await createOidc(config()).finish(again, usual)).toMatchObject({ siret });
  });

  describe('when it does not answer', () => {
    beforeAll(() => {
      isDown = true;
    });
    afterAll(() => {
      isDown = false;
    });

    test('is waited for, and asked again by the next login', async () => {
      const reply = await api.send('GET', `/v1/agents/login?prefecture=${prefecture}`);
      expect(codes(reply)).toEqual([503, 'provider_unavailable']);
      const oidc = createOidc({ ...config(), issuer: nowhere });
      await expect(oidc.begin(redirect)).rejects.toBeInstanceOf(ProviderDown);
      await expect(oidc.begin(redirect)).rejects.toBeInstanceOf(ProviderDown);
    });
  });
});

describe('a session', () => {
  test('ends by itself, by its owner, and by an admin', async () => {
    const admin = await api.keyOf('admin');
    const works = async (token: string) =>
      (await api.call('GET', '/slots', { token })).status === 200;
    const first = (await signIn('alice')).body;
    api.time.nowMs += 60 * minuteMs - 1;
    expect(await works(first.token)).toBe(true);
    api.time.nowMs += 1;
    expect(await works(first.token)).toBe(false);

    const second = (await signIn('alice')).body;
    expect((await api.call('DELETE', '/session', { token: second.token })).status).toBe(204);
    expect(await works(second.token)).toBe(false);

    const third = (await signIn('alice')).body;
    const remove = () => api.call('DELETE', `/agents/${third.agent}`, { token: admin });
    expect((await remove()).status).toBe(204);
    expect(await works(third.token)).toBe(false);
    expect((await remove()).body.code).toBe('agent_not_found');
  });

  test('is not opened by another secret', async () => {
    const { token } = (await signIn('alice')).body;
    const altered = token.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    const { status } = await api.call('GET', '/slots', { token: altered });
    expect(status).toBe(401);
  });
});
