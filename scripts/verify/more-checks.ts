import type { Arguments } from './arguments.ts';
import { Certificate, certificateType, Receipt, receiptType } from './claims.ts';
import { checkHeads, type Head, readHead } from './heads.ts';
import type { CheckedDraw } from './observed.ts';
import { checkCertificate, checkReceipt } from './papers.ts';
import { compareWithRegister, readRegister } from './register.ts';
import { type Keys, readKeys, readSigned } from './signed.ts';

/**
 * Checks receipt, certificate, register and its heads, as far as they are given, and says in lines
 * what was found.
 *
 * @param checked the verified record, if there is one.
 * @throws Refusal at the first thing that differs or cannot be read.
 */
export async function checkMore(
  asked: Arguments,
  checked: CheckedDraw | undefined,
): Promise<string[]> {
  const keys = asked.keys === undefined ? undefined : await readKeys(asked.keys);
  return [
    ...(await checkPapers(asked, keys, checked)),
    ...(await checkRegister(asked, keys, checked)),
  ];
}

async function checkPapers(
  { receipt, certificate }: Arguments,
  keys: Keys | undefined,
  checked: CheckedDraw | undefined,
): Promise<string[]> {
  const lines: string[] = [];
  if (receipt !== undefined && checked) {
    const claims = await readSigned(receipt, receiptType, Receipt, keys);
    const signed = keys ? 'signature right' : 'signature not checked (no --keys)';
    lines.push(`${checkReceipt(claims, checked)}; ${signed}`);
  }
  if (certificate !== undefined) {
    const claims = await readSigned(certificate, certificateType, Certificate, keys);
    const weeks = new Set(claims.draws.map(({ week }) => week)).size;
    lines.push(
      `certificate: signature right; entry ${claims.entry} of prefecture ${claims.prefecture} took ` +
        `part in ${claims.draws.length} draws of ${weeks} weeks without being offered a place`,
    );
    if (checked) lines.push(checkCertificate(claims, checked));
  }
  return lines;
}

async function checkRegister(
  { register: name, checkpoints }: Arguments,
  keys: Keys | undefined,
  checked: CheckedDraw | undefined,
): Promise<string[]> {
  const heads: Head[] = [];
  for (const checkpoint of checkpoints) heads.push(await readHead(checkpoint, keys));
  const register =
    name === undefined
      ? undefined
      : await readRegister(
          name,
          heads.map(({ size }) => size),
          checked?.draw.manifest.draw,
        );
  checkHeads(heads, register?.rootAt);
  const lines = heads.map(
    ({ name: from, origin, size, root, signedBy }) =>
      `checkpoint ${from}: ${origin}, ${size} entries, root ${root}; ${signedBy}; ` +
      `${register ? 'the register gives this root' : 'not compared with entries (no --register)'}`,
  );
  if (!register) return lines;
  lines.push(`register: ${register.size} entries, root ${register.rootAt(register.size)}`);
  if (checked) lines.push(compareWithRegister(register, checked));
  return lines;
}
