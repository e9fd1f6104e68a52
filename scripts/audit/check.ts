import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type AuditFault, checkAuditLines } from '../../src/transparency/audit-chain.ts';
import { readLines } from '../verify/read-lines.ts';
import { Refusal } from '../verify/refusal.ts';
import type { Anchor } from './anchors.ts';

/** What is wrong with a line of a chain, as the end of a sentence. */
export const chainFaults: Readonly<Record<AuditFault, string>> = {
  not_canonical: 'is not a line of the chain, as it was written',
  number_differs: 'does not have the number that follows: lines are missing, or stand elsewhere',
  prefecture_differs: 'is of another prefecture',
  previous_differs: 'does not follow the line before it: one of the two was written anew',
  hash_differs: 'was changed: its hash is of another text',
};

/**
 * Checks an audit log and what the public register said of it. Returns one line for people.
 *
 * @throws Refusal 1 naming the first broken line; 2 if there is no line at all.
 */
export async function checkAuditLog(
  bytes: AsyncIterable<Buffer>,
  anchors: readonly Anchor[],
): Promise<string> {
  const check = checkAuditLines(nodeSha256);
  const expected = new Map(anchors.map((anchor) => [anchor.size, anchor]));
  let met = 0;
  let line = 0;
  for await (const lines of readLines(bytes)) {
    for (const text of lines) {
      line += 1;
      const number = check.first === undefined ? '' : ` (number ${check.head.size})`;
      const fault = check.add(decodedLine(text));
      if (fault) throw new Refusal(1, `broken at line ${line}${number}: it ${chainFaults[fault]}`);
      const anchor = expected.get(check.head.size);
      if (!anchor) continue;
      if (anchor.hash !== check.head.hash) throw new Refusal(1, differs(anchor, line));
      met += 1;
    }
  }
  const { head, first } = check;
  if (first === undefined) throw new Refusal(2, 'there is no line');
  const missing = anchors.find(({ size }) => size > head.size);
  if (missing) throw new Refusal(1, ended(missing, head.size));
  const said = anchors.length === 0 ? '' : `; anchors of the public register that agree: ${met}`;
  const whole = first === 0 ? '' : `, which must follow a line ${first - 1} put away elsewhere`;
  return `whole: lines ${first} to ${head.size - 1}${whole}; head ${head.size} ${head.hash}${said}`;
}

/** Strictly UTF-8 and with its line feed: the text of a line that lacks either is not that line. */
export function decodedLine(line: string): string {
  if (!line.endsWith('\n')) return '';
  try {
    const bytes = Buffer.from(line.slice(0, -1), 'latin1');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}

function differs({ number, size }: Anchor, line: number): string {
  return (
    `broken at line ${line} or before: entry ${number} of the public register gives ` +
    `another hash for the first ${size} lines`
  );
}

function ended({ number, size }: Anchor, found: number): string {
  return `lines are missing at the end: entry ${number} of the public register knows ${size}, here are ${found}`;
}
