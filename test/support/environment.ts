import { randomBytes } from 'node:crypto';

const newKey = () => `k1:${randomBytes(32).toString('base64')}`;

/** An environment in which the service starts: keys of its own, a free port. */
export function testEnvironment(redisUrl: string, smtpUrl: string): NodeJS.ProcessEnv {
  return {
    REDIS_URL: redisUrl,
    SMTP_URL: smtpUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    REQUESTS_PER_MINUTE: '1000000',
    WORK_TRIES: '1',
    ENTROPY_SOURCE: 'operator',
    TIRAGE_SEALING_KEYS: newKey(),
    TIRAGE_IDENTITY_KEYS: newKey(),
    TIRAGE_TOKEN_KEYS: newKey(),
    TIRAGE_SIGNING_KEYS: newKey(),
  };
}
