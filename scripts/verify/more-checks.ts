import {
  attemptsOf,
  CERTIFICATE_TYPE,
  Certificate,
  RECEIPT_TYPE,
  Receipt,
} from '../../src/papers/claims.ts';
import type { Arguments } from './arguments.ts';
import { checkEvidence } from './evidence.ts';
import { checkCompared, checkHeads, checkOrigins, type Head, readHead } from './heads.ts';
import { historyOf } from './history.ts';
import type { CheckedDraw } from './observed.ts';
import type { PublicDraw } from './own-proof.ts';
import { checkCertificate, checkReceipt } from './papers.ts';
import { checkProof, type Proof, readProof, showsConsistency } from './proofs.ts';
import { Refusal } from './refusal.ts';
import { compareWithRegister, type Register, readRegister } from './register.ts';
import { type Keys, readKeys, readSigned, readSmall } from './signed.ts';

/**
 * Checks receipt, certificate, register and its heads, as far as they are given, and says in lines
 * what was found.
 *
 * @param checked the verified record, if there is one.
 * @param now by when draws ought to have a result, `YYYY-MM-DDTHH:MM:SSZ`.
 * @throws Refusal at the first thing that differs or cannot be read.
 */
export async function checkMore(
  asked: Arguments,
  checked: CheckedDraw | undefined,
  now: string,
): Promise<string[]> {
  const keys = asked.keys === undefined ? undefined : await readKeys(asked.keys);
  return [
    ...(await checkPapers(asked, keys, checked)),
    ...(asked.evidence !== undefined && keys ? [await checkEvidence(asked.evidence, keys)] : []),
    ...(await checkRegister(asked, keys, checked, now)),
  ];
}

async function checkPapers(
  { receipt, certificate }: Arguments,
  keys: Keys | undefined,
  checked: CheckedDraw | undefined,
): Promise<string[]> {
  const lines: string[] = [];
  if (receipt !== undefined && checked) {
    const claims = await readSigned(receipt, RECEIPT_TYPE, Receipt, keys);
    const signed = keys ? 'signature right' : 'signature not checked (no --keys)';
    lines.push(`${checkReceipt(claims, checked)}; ${signed}`);
  }
  if (certificate !== undefined) {
    const claims = await readSigned(certificate, CERTIFICATE_TYPE, Certificate, keys);
    lines.push(...certificateLines(claims));
    if (checked) lines.push(checkCertificate(claims, checked));
  }
  return lines;
}

/** What a genuine certificate says, and draw by draw. */
function certificateLines(claims: Certificate): string[] {
  const { draws, weeks } = attemptsOf(claims);
  const issued = new Date(claims.iat * 1000).toISOString().slice(0, 19);
  return [
    `certificate: signature right; entry ${claims.entry} of prefecture ${claims.prefecture}, request ` +
      `type ${claims.requestType}, took part in ${count(draws, 'draw')} in ${count(weeks, 'week')} ` +
      `and was offered no place up to ${issued}Z`,
    ...claims.draws.map(
      ({ draw, frozenAt, week, rank, entries, waiting, places, strength, ...marks }) =>
        `  ${week} draw ${draw} of ${frozenAt}: rank ${rank} of ${entries}, ${waiting} waiting for ` +
        `${count(places, 'place')}` +
        `${strength === 'weaker' ? "; the operator's secret, which is weaker" : ''}` +
        `${marks.open ? '; reserve list still open' : ''}${marks.void ? '; VOID, not counted' : ''}`,
    ),
  ];
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

async function checkRegister(
  asked: Arguments,
  keys: Keys | undefined,
  checked: CheckedDraw | undefined,
  now: string,
): Promise<string[]> {
  const heads: Head[] = [];
  for (const checkpoint of asked.checkpoints) heads.push(await readHead(checkpoint, keys));
  const proofs: Proof[] = [];
  for (const proof of asked.proofs) proofs.push(await readProof(proof));
  const register = await readAsked(asked, heads, proofs, checked);
  checkOrigins(heads, { origin: asked.origin, prefecture: checked?.draw.manifest.prefecture });
  checkHeads(heads, register?.rootAt);
  const given = asked.leaf === undefined ? undefined : await readLeafFile(asked.leaf);
  const leafAt = (index: number) => given ?? register?.leafAt(index);
  const publicDraw = (draw: string) => publicDrawOf(draw, checked, register);
  const lines = [
    ...heads.map((head) => headLine(head, register)),
    ...proofs.map((proof) => checkProof(proof, { heads, leafAt, publicDraw })),
  ];
  checkCompared(heads, {
    isRegisterRead: register !== undefined,
    isShownBy: (older, newer) => showsConsistency(proofs, older, newer),
  });
  if (!register) return lines;
  lines.push(
    `register: ${register.size} entries, root ${register.rootAt(register.size)}`,
    `register: ${register.summary}`,
    ...register.notesAt(now),
  );
  if (checked) lines.push(compareWithRegister(register, checked));
  if (asked.draw !== undefined) lines.push(...historyOf(asked.draw, register.ofDraw));
  return lines;
}

async function readAsked(
  { register: name, draw }: Arguments,
  heads: readonly Head[],
  proofs: readonly Proof[],
  checked: CheckedDraw | undefined,
): Promise<Register | undefined> {
  if (name === undefined) return undefined;
  const own = checked?.draw.manifest.draw;
  if (own !== undefined && draw !== undefined && own !== draw) {
    throw new Refusal(2, `--draw ${draw} is not the draw of the record, ${own}`);
  }
  return readRegister(name, {
    sizes: heads.map(({ size }) => size),
    indexes: proofs.flatMap((proof) => ('inclusion' in proof ? [proof.inclusion.index] : [])),
    draw: draw ?? own ?? drawOf(proofs),
  });
}

/** The draw whose lines a proof of a person's entry needs. */
function drawOf(proofs: readonly Proof[]): string | undefined {
  return proofs.flatMap((proof) => ('own' in proof ? [proof.own.draw] : []))[0];
}

function publicDrawOf(
  draw: string,
  checked: CheckedDraw | undefined,
  register: Register | undefined,
): PublicDraw | undefined {
  const own = checked?.draw;
  if (own?.manifest.draw === draw)
    return { from: 'record', ...own.manifest.entries, seed: own.seed };
  const ofKind = (kind: string) =>
    register?.ofDraw.find(({ leaf }) => leaf.kind === kind && leaf.draw === draw)?.leaf;
  const frozen = ofKind('manifest');
  if (!frozen) return undefined;
  const { root, count } = Object(Object(frozen.manifest).entries);
  return { from: 'register', root, count, seed: ofKind('outcome')?.seed };
}

function headLine(
  { name, origin, size, root, signedBy }: Head,
  register: Register | undefined,
): string {
  const compared = register
    ? 'the register gives this root'
    : 'not compared with entries (no --register)';
  return `checkpoint ${name}: ${origin}, ${size} entries, root ${root}; ${signedBy}; ${compared}`;
}

/** One line, with its line feed or without. */
async function readLeafFile(name: string): Promise<Uint8Array> {
  const text = (await readSmall(name)).replace(/\n$/, '');
  if (text.includes('\n')) throw new Refusal(2, `${name}: is more than one line`);
  return Buffer.from(text);
}
