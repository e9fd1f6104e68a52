import { isIP } from 'node:net';
import { z } from 'zod';
import type { RegistrySource } from '../identity/directory/open.ts';
import { LEAGUE_OF_ENTROPY } from '../identity/entropy/drand-relays.ts';
import { isWeakSecret, parseKeyring, weakness } from '../identity/keys/keyring.ts';
import { isPublishedKey } from '../identity/keys/published.ts';
import { isLoopback } from '../notifications/channels/addresses.ts';
import { isOidcWhole, oidcConfig, oidcEnvironment } from './oidc.ts';
import { withSecretFiles } from './secret-files.ts';

const Count = z.coerce.number().int().min(1).max(1_000_000);
const Port = z.coerce.number().int().min(0).max(65_535);

/** A keyring as text, `id:base64,…`, whose every key must be strong. */
const Keys = z.string().superRefine((text, context) => {
  const reason = weakness(text);
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
});

const RedisUrl = z.string().regex(/^redis(s|\+sentinel|\+cluster)?:\/\/.+/, {
  error: 'must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://',
});

/** What makes signatures: random, and not one that everybody can read somewhere. */
function isStrongWebhookSecret(secret: string | undefined): boolean {
  if (secret === undefined) return true;
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return !isWeakSecret(bytes) && !isPublishedKey(bytes);
}

/** Heads are public, but whoever changes one on its way makes a witness accuse us. */
function isWitnessUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.protocol === 'http:' && isIP(host) !== 0 && isLoopback(host);
}

const WitnessUrls = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))].filter(Boolean))
  .refine((urls) => urls.length <= 20, { error: 'must be at most twenty addresses' })
  .refine((urls) => urls.every(isWitnessUrl), {
    error: 'must be https addresses without a password, or http ones of this machine',
  });
/** https, or plain http to this machine; no query, no slash at the end. */
const ServiceUrl = z
  .url({ protocol: /^https?$/ })
  .refine((text) => {
    const url = URL.parse(text);
    if (url === null) return false;
    const { protocol, hostname, search, hash, username } = url;
    const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
    return (protocol === 'https:' || isHere) && search + hash + username === '';
  }, 'must be https addresses')
  .transform((text) => text.replace(/\/+$/, ''));

const Environment = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: Port.default(3000),
    /** What people see in their messages; by default the address the service listens on. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    REDIS_URL: RedisUrl,
    SMTP_URL: z.url({ protocol: /^smtps?$/ }),
    MAIL_FROM: z.string().min(3).max(320).default('Tirage <ne-pas-repondre@localhost>'),
    SMS_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
    SMS_GATEWAY_TOKEN: z.string().min(16).optional(),
    /** Signs webhooks: `whsec_` and 24 to 64 bytes in base64. */
    WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/)
      .optional(),
    TIRAGE_SEALING_KEYS: Keys,
    TIRAGE_IDENTITY_KEYS: Keys,
    TIRAGE_TOKEN_KEYS: Keys,
    /** Where AGDREF numbers are looked up: at an address, or in a file (docs/registry.md). */
    REGISTRY_URL: ServiceUrl.optional(),
    REGISTRY_TOKEN: z.string().min(16).optional(),
    REGISTRY_FILE: z.string().min(1).optional(),
    /** What the names of the public registers begin with: a host of yours, for ever the same. */
    REGISTER_ORIGIN: z
      .string()
      .regex(/^[A-Za-z0-9._~/-]{1,100}$/)
      .default('tirage'),
    /** Who is sent each signed head of a register: up to twenty addresses, commas between. */
    WITNESS_URLS: WitnessUrls,
    /** Sign receipts, certificates and the register. Former keys stay, to be published. */
    TIRAGE_SIGNING_KEYS: Keys,
    /** Reverse proxies in front whose X-Forwarded-For is believed. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
    /** Where the randomness of draws that are planned from now on comes from. */
    ENTROPY_SOURCE: z.enum(['drand', 'operator']).default('drand'),
    DRAND_RELAYS: z
      .string()
      .default(LEAGUE_OF_ENTROPY.join(','))
      .transform((text) => text.split(',').map((relay) => relay.trim()))
      .pipe(z.array(ServiceUrl).min(1).max(10)),
    /** What lies at least between a manifest and the round it names. */
    DRAND_MARGIN_SECONDS: z.coerce.number().int().min(3).max(3600).default(30),
    /** Joins, codes and answers a minute from one address block, token or key. */
    REQUESTS_PER_MINUTE: Count.default(120),
    /** Tries of the proof of work in a calm address block: about 2000 a second on a cheap phone. */
    WORK_TRIES: z.coerce.number().int().min(0).max(1_000_000).default(2000),
    /** Messages an hour that joining and asking for links may bring to one mailbox or telephone. */
    MESSAGES_PER_HOUR: Count.default(10),
    /** Requests an hour to join for a person who has an entry already. */
    ATTEMPTS_PER_HOUR: Count.default(20),
    ...oidcEnvironment,
  })
  .refine(isOidcWhole, {
    path: ['OIDC_ISSUER'],
    error: 'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_ROLES go together',
  })
  .refine((env) => (env.SMS_GATEWAY_URL === undefined) === (env.SMS_GATEWAY_TOKEN === undefined), {
    path: ['SMS_GATEWAY_TOKEN'],
    error: 'SMS_GATEWAY_URL and SMS_GATEWAY_TOKEN go together',
  })
  .refine((env) => (env.REGISTRY_URL === undefined) === (env.REGISTRY_TOKEN === undefined), {
    path: ['REGISTRY_TOKEN'],
    error: 'REGISTRY_URL and REGISTRY_TOKEN go together',
  })
  .refine((env) => env.REGISTRY_URL === undefined || env.REGISTRY_FILE === undefined, {
    path: ['REGISTRY_FILE'],
    error: 'there is one registry: REGISTRY_URL or REGISTRY_FILE',
  })
  .refine((env) => env.WITNESS_URLS.length === 0 || env.WEBHOOK_SECRET !== undefined, {
    path: ['WEBHOOK_SECRET'],
    error: 'signs what witnesses are sent: WITNESS_URLS needs it',
  })
  .refine((env) => env.NODE_ENV !== 'production' || isStrongWebhookSecret(env.WEBHOOK_SECRET), {
    path: ['WEBHOOK_SECRET'],
    error: 'is an example, or not random: make one with `openssl rand -base64 32`',
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.PUBLIC_URL?.startsWith('https:'), {
    path: ['PUBLIC_URL'],
    error: 'must be an https address in production',
  });

export type Config = ReturnType<typeof readConfig>;

/** What a rotation of keys needs. */
const RotationEnvironment = z.object({
  REDIS_URL: RedisUrl,
  TIRAGE_SEALING_KEYS: Keys,
  TIRAGE_IDENTITY_KEYS: Keys,
});

/**
 * Reads what a rotation of keys needs of the environment.
 *
 * @throws Error that names every bad variable, and shows no value.
 */
export function readRotationConfig(env: NodeJS.ProcessEnv) {
  const value = parse(RotationEnvironment, env);
  return {
    redisUrl: value.REDIS_URL,
    sealingKeys: parseKeyring(value.TIRAGE_SEALING_KEYS),
    identityKeys: parseKeyring(value.TIRAGE_IDENTITY_KEYS),
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(withSecretFiles(env));
  if (parsed.success) return parsed.data;
  throw new Error(`bad configuration\n${z.prettifyError(parsed.error)}`);
}

/**
 * Reads the environment, once; secrets also from the files that `NAME_FILE` names.
 *
 * @throws Error that names every bad variable, and shows no value.
 */
export function readConfig(env: NodeJS.ProcessEnv) {
  const value = parse(Environment, env);
  return {
    production: value.NODE_ENV === 'production',
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL,
    redisUrl: value.REDIS_URL,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    sms:
      value.SMS_GATEWAY_URL !== undefined && value.SMS_GATEWAY_TOKEN !== undefined
        ? { url: value.SMS_GATEWAY_URL, token: value.SMS_GATEWAY_TOKEN }
        : undefined,
    webhookSecret: value.WEBHOOK_SECRET,
    sealingKeys: parseKeyring(value.TIRAGE_SEALING_KEYS),
    identityKeys: parseKeyring(value.TIRAGE_IDENTITY_KEYS),
    tokenKeys: parseKeyring(value.TIRAGE_TOKEN_KEYS),
    registry: registryOf(value),
    registerOrigin: value.REGISTER_ORIGIN,
    witnessUrls: value.WITNESS_URLS,
    signingKeys: parseKeyring(value.TIRAGE_SIGNING_KEYS),
    entropySource: value.ENTROPY_SOURCE,
    drandRelays: value.DRAND_RELAYS,
    drandMarginSeconds: value.DRAND_MARGIN_SECONDS,
    oidc: oidcConfig(value),
    trustProxy: value.TRUST_PROXY,
    logLevel: value.LOG_LEVEL,
    workTries: value.WORK_TRIES,
    limits: {
      requestsPerMinute: value.REQUESTS_PER_MINUTE,
      messagesPerHour: value.MESSAGES_PER_HOUR,
      attemptsPerHour: value.ATTEMPTS_PER_HOUR,
    },
  };
}

function registryOf(env: z.infer<typeof Environment>): RegistrySource {
  const { REGISTRY_URL: url, REGISTRY_TOKEN: token, REGISTRY_FILE: file } = env;
  if (url !== undefined && token !== undefined) return { url, token };
  return file === undefined ? undefined : { file };
}
