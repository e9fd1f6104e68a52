import type { z } from 'zod';
import type { Inquiry, InquiryTerms, NamedFinding } from '../../usecases/abuse/inquire.ts';
import { instant } from '../http/schemas.ts';
import type { AbuseReport } from './schemas.ts';
import { notice, whyListed } from './texts.ts';

const MOST_ENTRIES = 50;

type Report = z.infer<typeof AbuseReport>;

/** What stands out among those who joined, with why. Pure. */
export function reportView(inquiry: Inquiry): Report {
  const { prefecture, nowMs, sinceMs, terms, signals, isCut, origins, findings } = inquiry;
  return {
    prefecture,
    asOf: instant(nowMs),
    from: instant(sinceMs),
    thresholds: terms,
    notice: notice(),
    signals: { read: signals.length, cut: isCut },
    origins,
    findings: findings.map((finding) => findingView(finding, terms)),
    findingCount: inquiry.findingCount,
  };
}

function findingView(finding: NamedFinding, terms: InquiryTerms): Report['findings'][number] {
  const { kind, subject, name, count, blocks, fromMs, untilMs, entries } = finding;
  return {
    kind,
    subject,
    ...(name === undefined ? {} : { name }),
    count,
    ...(blocks === undefined ? {} : { blocks }),
    from: instant(fromMs),
    until: instant(untilMs),
    why: whyListed(finding, terms),
    entries: entries.slice(0, MOST_ENTRIES),
  };
}
