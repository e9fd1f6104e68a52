import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import {
  type AuditDraft,
  type AuditHead,
  auditLine,
  checkAuditLines,
  noLines,
} from '#src/transparency/audit-chain.ts';

const draft = (members: Partial<AuditDraft> = {}): AuditDraft & { prefecture: string } => ({
  at: '2026-12-01T08:00:00.000Z',
  agent: 'a'.repeat(10),
  role: 'supervisor',
  operation: 'voidDraw',
  prefecture: '92',
  kind: 'change',
  targets: { drawId: '20261201-abc' },
  reason: 'créneaux faux',
  ...(members as object), // a union of partial members is more than TypeScript can follow
});

function chain(drafts: readonly (AuditDraft & { prefecture: string })[], from = noLines) {
  let head: AuditHead = from;
  return drafts.map((one) => {
    const line = auditLine(one, head, nodeSha256);
    head = line.head;
    return line.text;
  });
}

/** The number of the first line at fault and why; undefined for a whole chain. */
function firstFault(lines: readonly string[]) {
  const check = checkAuditLines(nodeSha256);
  for (const [index, line] of lines.entries()) {
    const fault = check.add(line);
    if (fault) return { index, fault };
  }
  return undefined;
}

const drafts = fc
  .array(
    fc.record({
      reason: fc.string({ unit: 'grapheme', maxLength: 30 }),
      agent: fc.string({ minLength: 1, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((members) => draft(members)));

describe('a chain', () => {
  test('is whole as it was written, from its first line or from a later one', () => {
    fc.assert(
      fc.property(drafts, fc.nat({ max: 11 }), (all, skip) => {
        const lines = chain(all);
        expect(firstFault(lines)).toBeUndefined();
        expect(firstFault(lines.slice(skip))).toBeUndefined();
      }),
    );
  });

  test('shows every changed byte, at the line it is in', () => {
    fc.assert(
      fc.property(drafts, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, place, flip) => {
        const bytes = Buffer.from(
          chain(all)
            .map((line) => `${line}\n`)
            .join(''),
        );
        const at = place % bytes.length;
        const before = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const fault = firstFault(bytes.toString('utf8').split('\n').slice(0, -1));
        const lost = at === bytes.length - 1; // the last line feed: the file ends too early
        if (!lost) expect(fault?.index).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  test('shows a line that was dropped, repeated or moved', () => {
    const lines = chain([draft(), draft({ agent: 'b' }), draft({ agent: 'c' })]);
    const [one = '', two = '', three = ''] = lines;
    expect(firstFault([one, three])).toEqual({ index: 1, fault: 'number_differs' });
    expect(firstFault([one, one, two])).toEqual({ index: 1, fault: 'number_differs' });
    expect(firstFault([two, one])).toEqual({ index: 1, fault: 'number_differs' });
  });

  test('shows a line that was written anew, with a hash of its own, at the next one', () => {
    const [one = '', two = ''] = chain([draft(), draft()]);
    const [forged = ''] = chain([draft({ reason: 'another' })]);
    expect(firstFault([forged, two])).toEqual({ index: 1, fault: 'previous_differs' });
    expect(firstFault([one, two])).toBeUndefined();
  });

  test('does not begin with another number 0, nor go on with another prefecture', () => {
    const [late = ''] = chain([draft()], { size: 0, hash: 'f'.repeat(64) });
    expect(firstFault([late])).toEqual({ index: 0, fault: 'previous_differs' });
    const mixed = chain([draft(), { ...draft(), prefecture: '93' }]);
    expect(firstFault(mixed)).toEqual({ index: 1, fault: 'prefecture_differs' });
  });

  test('takes the form of a line to the letter', () => {
    const [one = ''] = chain([draft()]);
    expect(firstFault([one.replace(',', ', ')])).toEqual({ index: 0, fault: 'not_canonical' });
    expect(firstFault(['null'])).toEqual({ index: 0, fault: 'not_canonical' });
    expect(firstFault([''])).toEqual({ index: 0, fault: 'not_canonical' });
  });
});
