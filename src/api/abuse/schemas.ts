import { z } from 'zod';
import { FINDING_KINDS } from '../../domain/abuse/report.ts';
import { InEveryLanguage } from '../../domain/values.ts';
import { SIGNAL_DAYS } from '../../store/abuse/signals.ts';
import { Identifier, Instant } from '../http/schemas.ts';

/** Nothing is about fewer than three. */
const least = (usual: number) => z.coerce.number().int().min(3).max(100_000).default(usual);
const within = (most: number, usual: number) =>
  z.coerce.number().int().min(1).max(most).default(usual);

/** How far back, and from how much on something is listed. */
export const AbuseQuery = z.strictObject({
  days: within(SIGNAL_DAYS, SIGNAL_DAYS),
  burst: least(20),
  burstMinutes: within(1440, 10),
  domain: least(20),
  moment: least(5),
  quick: least(5),
  quickSeconds: within(600, 10),
  phone: least(3),
  refusals: least(3),
  helper: least(50),
});

const Explanation = InEveryLanguage.meta({
  id: 'Explanation',
  description: 'For people: what was counted, and the threshold.',
});

const Subject = z.string().meta({
  description:
    'A pseudonym of the address block, network, domain, program or telephone; the id of the ' +
    'entry or of the agent. Pseudonyms are the same in every report until the key is changed.',
});

const FindingView = z
  .strictObject({
    kind: z.enum(FINDING_KINDS),
    subject: Subject,
    name: z
      .string()
      .optional()
      .meta({ description: 'Of mail domains: the domain, if an entry still tells.' }),
    count: z.int(),
    blocks: z.int().optional().meta({ description: 'Address blocks these came from.' }),
    from: Instant,
    until: Instant,
    why: Explanation,
    entries: z.array(Identifier).meta({ description: 'The first fifty, in order of time.' }),
  })
  .meta({ id: 'AbuseFinding' });

export const AbuseReport = z
  .strictObject({
    prefecture: Identifier,
    asOf: Instant,
    from: Instant,
    thresholds: z.strictObject(AbuseQuery.shape),
    /** What it is, and is not. */
    notice: Explanation,
    signals: z.strictObject({
      read: z.int(),
      cut: z.boolean().meta({ description: 'There were more than are kept, or read, at once.' }),
    }),
    origins: z.record(z.string(), z.int()).meta({ description: 'Entries by the way they came.' }),
    findings: z.array(FindingView).meta({ description: 'The largest first, at most two hundred.' }),
    findingCount: z.int(),
  })
  .meta({ id: 'AbuseReport' });
