import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type AuditFault, checkAuditLines } from '../../src/transparency/audit-chain.ts';
import { readLines } from '../verify/read-lines.ts';
import { Refusal } from '../verify/refusal.ts';
import { checkAnchored } from './anchored.ts';
import type { Anchor } from './anchors.ts';

/** What is wrong with a line of a chain, as the end of a sentence. */
export const chainFaults: Readonly<Record<AuditFault, string>> = {
  not_canonical: 'is not a line of the chain, as it was written',
  number_differs: 'does not have the number that follows: lines are missing, or stand elsewhere',
  prefecture_differs: 'is of another prefecture',
  previous_differs: 'does not follow the line before it: one of the two was written anew',
  hash_differs: 'was changed: its hash is of another text',
};

/** What a public register says of an audit log. */
export interface Anchored {
  readonly anchors: readonly Anchor[];
  /** Lines older than two hours by then are to be anchored. */
  readonly nowMs: number;
}

/**
 * Checks an audit log and, where a register is given, what it said of it. Returns one line for people.
 *
 * @throws Refusal 1 naming the first broken line, or the first that ought to be anchored; 2 if there
 * is no line at all.
 */
export async function checkAuditLog(
  bytes: AsyncIterable<Buffer>,
  register?: Anchored,
): Promise<string> {
  const anchors = register?.anchors ?? [];
  const times = register && checkAnchored(anchors, register.nowMs);
  const check = checkAuditLines(nodeSha256);
  const expected = new Map(anchors.map((anchor) => [anchor.size, anchor]));
  let met = 0;
  let line = 0;
  for await (const lines of readLines(bytes)) {
    for (const text of lines) {
      line += 1;
      const number = check.first === undefined ? '' : ` (number ${check.head.size})`;
      const decoded = decodedLine(text);
      const fault = check.add(decoded);
      if (fault) throw new Refusal(1, `broken at line ${line}${number}: it ${chainFaults[fault]}`);
      const anchor = expected.get(check.head.size);
      if (anchor && anchor.hash !== check.head.hash) throw new Refusal(1, differs(anchor, line));
      if (anchor) met += 1;
      times?.add(decoded, { seq: check.head.size - 1, line });
    }
  }
  const { head, first } = check;
  if (first === undefined) throw new Refusal(2, 'there is no line');
  const missing = anchors.find(({ size }) => size > head.size);
  if (missing) throw new Refusal(1, ended(missing, head.size));
  const late = times?.late ? `; lines anchored later than two hours: ${times.late}` : '';
  const said = register
    ? `; anchors of the public register that agree: ${met}${late}`
    : '; NOT compared with a public register';
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
