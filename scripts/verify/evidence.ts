import { z } from 'zod';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type AuditHead, checkAuditLines } from '../../src/transparency/audit-chain.ts';
import { chainFaults, decodedLine } from '../audit/check.ts';
import { readBytes, readLines } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { checkSigned, type Keys } from './signed.ts';

const evidenceType = 'tirage-evidence+jwt';

const Claims = z.strictObject({
  v: z.literal(1),
  prefecture: z.string(),
  size: z.int(),
  hash: z.string(),
  iat: z.int(),
});
const First = z.looseObject({
  kind: z.literal('report'),
  format: z.literal('tirage-evidence/v1'),
  prefecture: z.string(),
  asOf: z.string(),
});
const Last = z.looseObject({ kind: z.literal('signature'), jws: z.string() });

/**
 * Checks an evidence file of an abuse report: every line follows the one before, and the last one
 * signs them all. Returns one line for people.
 *
 * @throws Refusal 1 naming the first line that is wrong; 2 if it is no such file.
 */
export async function checkEvidence(name: string, keys: Keys): Promise<string> {
  const check = checkAuditLines(nodeSha256);
  let first: string | undefined;
  let last = '';
  let before: AuditHead = check.head;
  for await (const text of linesOf(name)) {
    before = check.head;
    const fault = check.add(text);
    if (fault) throw new Refusal(1, `${name}: line ${before.size + 1} ${chainFaults[fault]}`);
    first ??= text;
    last = text;
  }
  const begun = First.safeParse(parse(first ?? ''));
  if (!begun.success || check.first !== 0) throw new Refusal(2, `${name}: is no evidence file`);
  const ended = Last.safeParse(parse(last));
  if (!ended.success) throw new Refusal(1, `${name}: lines are missing at the end: no signature`);
  const claims = await checkSigned(name, ended.data.jws, evidenceType, Claims, keys);
  const { prefecture, asOf } = begun.data;
  const isSigned =
    claims.size === before.size && claims.hash === before.hash && claims.prefecture === prefecture;
  if (!isSigned) throw new Refusal(1, `${name}: the signature is of other lines`);
  return `evidence: ${check.head.size} lines, whole and signed; prefecture ${prefecture}, as of ${asOf}`;
}

async function* linesOf(name: string): AsyncGenerator<string> {
  try {
    for await (const lines of readLines(readBytes(name))) yield* lines.map(decodedLine);
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
