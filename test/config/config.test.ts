import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '#src/config/config.ts';
import { testEnvironment } from '../support/environment.ts';

const good = testEnvironment('redis://127.0.0.1:6379', 'smtp://127.0.0.1:2525');

test('a good environment is read, with defaults', () => {
  const config = readConfig({ ...good, PORT: '8080' });
  expect(config).toMatchObject({ production: false, host: '127.0.0.1', port: 8080, trustProxy: 0 });
  expect(config.sms).toBeUndefined();
});

test('every bad variable is named at once, and no value is shown', () => {
  const secret = randomBytes(32).toString('base64');
  const bad = { ...good, PORT: '70000', REDIS_URL: 'http://x', TIRAGE_TOKEN_KEYS: `${secret}` };
  const read = () => readConfig({ ...bad, SMTP_URL: undefined });
  for (const name of ['PORT', 'REDIS_URL', 'TIRAGE_TOKEN_KEYS', 'SMTP_URL']) {
    expect(read).toThrow(name);
  }
  expect(read).not.toThrow(secret);
});

test('a weak key is refused', () => {
  const weak = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
  expect(() => readConfig({ ...good, TIRAGE_SEALING_KEYS: weak })).toThrow('TIRAGE_SEALING_KEYS');
});

test('production needs an https address', () => {
  const production = { ...good, NODE_ENV: 'production' };
  expect(() => readConfig(production)).toThrow('PUBLIC_URL');
  expect(() => readConfig({ ...production, PUBLIC_URL: 'http://example.org' })).toThrow(
    'PUBLIC_URL',
  );
  expect(readConfig({ ...production, PUBLIC_URL: 'https://example.org' }).production).toBe(true);
});

test('a secret may stand in a file, and is refused there as well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tirage-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { TIRAGE_SEALING_KEYS: keys, ...rest } = good;
  const read = (path: string, more = {}) =>
    readConfig({ ...rest, TIRAGE_SEALING_KEYS_FILE: path, ...more });

  expect(read(file('keys', `${keys}\n`)).sealingKeys.current.id).toBe('k1');
  const weak = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
  expect(() => read(file('weak', weak))).toThrow('TIRAGE_SEALING_KEYS');
  expect(() => read(file('weak', weak))).not.toThrow(weak);
  const name = 'TIRAGE_SEALING_KEYS_FILE';
  expect(() => read(join(folder, 'absent'))).toThrow(`${name}: the file cannot be read (ENOENT)`);
  expect(() => read(folder)).toThrow(`${name}: the file cannot be read (EISDIR)`);
  expect(() => read(file('empty', '\n'))).toThrow(`${name}: the file is empty`);
  expect(() => read(file('large', 'x'.repeat(70_000)))).toThrow('too large');
  expect(() => read(join(folder, 'keys'), { TIRAGE_SEALING_KEYS: keys })).toThrow('is set too');
});

test('production refuses a webhook secret that is an example, or typed', () => {
  const production = { ...good, NODE_ENV: 'production', PUBLIC_URL: 'https://example.org' };
  const read = (WEBHOOK_SECRET: string) => readConfig({ ...production, WEBHOOK_SECRET });
  const secret = (bytes: Buffer) => `whsec_${bytes.toString('base64')}`;
  expect(read(secret(randomBytes(24))).webhookSecret).toBeDefined();
  const typed = Buffer.from('a-secret-that-somebody-typed');
  for (const bad of ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', secret(typed)]) {
    expect(() => read(bad)).toThrow('WEBHOOK_SECRET');
    expect(() => read(bad)).not.toThrow(bad);
  }
});

test('an SMS gateway needs its token', () => {
  const url = 'https://gateway.example.org';
  expect(() => readConfig({ ...good, SMS_GATEWAY_URL: url })).toThrow('SMS_GATEWAY_TOKEN');
});

test('witnesses are reached by https, or on this machine, and what they are sent is signed', () => {
  const WEBHOOK_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
  const read = (WITNESS_URLS: string) => readConfig({ ...good, WEBHOOK_SECRET, WITNESS_URLS });
  const urls = ['https://witness.example.org/heads', 'http://127.0.0.1:8080', 'http://[::1]:1'];
  expect(read(urls.join(', ')).witnessUrls).toEqual(urls);
  expect(read('').witnessUrls).toEqual([]);
  const refused = ['http://witness.example.org', 'https://me:secret@example.org', 'ftp://x', 'x'];
  const many = Array.from({ length: 21 }, (_, index) => `https://w${index}.example.org`).join();
  for (const bad of [...refused, many]) expect(() => read(bad)).toThrow('WITNESS_URLS');
  expect(() => readConfig({ ...good, WITNESS_URLS: urls[0] })).toThrow('WEBHOOK_SECRET');
});

test('the origin of registers is one that a checkpoint may bear', () => {
  expect(readConfig(good).registerOrigin).toBe('tirage');
  const read = (REGISTER_ORIGIN: string) => readConfig({ ...good, REGISTER_ORIGIN });
  expect(read('tirage.example.org/register').registerOrigin).toBe('tirage.example.org/register');
  for (const bad of ['with space', 'a+b', '']) expect(() => read(bad)).toThrow('REGISTER_ORIGIN');
});

test('signing in needs all that belongs to it, and rules that fit', () => {
  expect(readConfig(good).oidc).toBeUndefined();
  const rule = { prefecture: '92', role: 'agent', claims: { siret: '13000000000012' } };
  const OIDC_CLIENT_SECRET = randomBytes(16).toString('hex');
  const all = {
    OIDC_ISSUER: 'https://login.example.org/api/v2',
    OIDC_CLIENT_ID: 'tirage',
    OIDC_CLIENT_SECRET,
    OIDC_ROLES: JSON.stringify([rule]),
  };
  const read = (members: Record<string, string> = {}) =>
    readConfig({ ...good, ...all, ...members }).oidc;
  expect(read({ OIDC_ACR: 'eidas2, eidas3' })).toMatchObject({
    issuer: all.OIDC_ISSUER,
    rules: [rule],
    acr: ['eidas2', 'eidas3'],
    alg: 'RS256',
    sessionMinutes: 240,
  });
  for (const name of Object.keys(all)) {
    const others = Object.entries(all).filter(([other]) => other !== name);
    expect(() => readConfig({ ...good, ...Object.fromEntries(others) })).toThrow('go together');
  }
  for (const [name, bad] of [
    ['OIDC_ISSUER', 'http://login.example.org'],
    ['OIDC_ROLES', '[]'],
    ['OIDC_ROLES', '{'],
    ['OIDC_ROLES', JSON.stringify([{ ...rule, claims: {} }])],
    ['OIDC_CLIENT_SECRET', 'short'],
    ['OIDC_ALG', 'none'],
    ['OIDC_ALG', 'HS256'],
    ['OIDC_SCOPES', 'email'],
    ['OIDC_SESSION_MINUTES', '100000'],
  ] as const) {
    expect(() => read({ [name]: bad })).toThrow(name);
    expect(() => read({ [name]: bad })).not.toThrow(OIDC_CLIENT_SECRET);
  }
});
