import { readFileSync, statSync } from 'node:fs';

/** What may stand in a file of its own, as Docker and systemd hand out secrets. */
export const SECRET_NAMES = [
  'REDIS_URL',
  'SMTP_URL',
  'SMS_GATEWAY_TOKEN',
  'WEBHOOK_SECRET',
  'OIDC_CLIENT_SECRET',
  'OIDC_ROLES',
  'REGISTRY_TOKEN',
  'TIRAGE_SEALING_KEYS',
  'TIRAGE_IDENTITY_KEYS',
  'TIRAGE_TOKEN_KEYS',
  'TIRAGE_SIGNING_KEYS',
] as const;

/** A secret is a line; whatever is longer was named by mistake. */
const LARGEST_BYTES = 65_536;

/**
 * The environment with `NAME_FILE` replaced by `NAME`, read from that file without the line feed at
 * its end, for each secret.
 *
 * @throws Error that names every variable at fault, and shows nothing of a secret
 */
export function withSecretFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const faults: string[] = [];
  const read = SECRET_NAMES.flatMap((name) => {
    const file = env[`${name}_FILE`];
    if (file === undefined || file === '') return [];
    if (env[name]) faults.push(`${name}_FILE: ${name} is set too, one of them is enough`);
    const { text, fault } = readSecret(file);
    if (fault !== undefined) faults.push(`${name}_FILE: ${fault}`);
    return [[name, text] as const];
  });
  if (faults.length > 0) throw new Error(`bad configuration\n${faults.join('\n')}`);
  return { ...env, ...Object.fromEntries(read) };
}

function readSecret(file: string): { text: string; fault?: string } {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) return { text: '', fault: 'the file is too large for a secret' };
    // Lists of keys may stand on several lines.
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? { text, fault: 'the file is empty' } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { text: '', fault: `the file cannot be read (${code})` };
  }
}
