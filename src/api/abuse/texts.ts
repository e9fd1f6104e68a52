import {
  type Finding,
  type FindingKind,
  networkBurst,
  type Thresholds,
} from '../../domain/abuse/report.ts';
import { type InEveryLanguage, inEveryLanguage } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';

type AbuseTexts = ReturnType<typeof textsOf<'abuse'>>;
type Write = (text: AbuseTexts, finding: Finding, thresholds: Thresholds) => string;

const writers: Record<FindingKind, Write> = {
  address_burst: (text, { count }, { burst, burstMinutes }) =>
    text('address_burst', { count, burst, burstMinutes }),
  network_burst: (text, { count }, thresholds) => {
    const { burstMinutes } = thresholds;
    return text('network_burst', { count, burst: networkBurst(thresholds), burstMinutes });
  },
  mail_domain: (text, { count, blocks = 0 }, { domain }) =>
    text('mail_domain', { count, blocks, domain }),
  same_moment: (text, { count }, { moment }) => text('same_moment', { count, moment }),
  quick_codes: (text, { count }, { quick, quickSeconds }) =>
    text('quick_codes', { count, quick, quickSeconds }),
  shared_phone: (text, { count }, { phone }) => text('shared_phone', { count, phone }),
  declined_often: (text, { count }, { refusals }) => text('declined_often', { count, refusals }),
  one_helper: (text, { count }, { helper }) => text('one_helper', { count, helper }),
};

/** Stands in every report and in every evidence file. Pure. */
export function notice(): InEveryLanguage {
  return inEveryLanguage((language) => textsOf('abuse', language)('notice'));
}

/** Why something is listed, with the figures that it was measured by. Pure. */
export function whyListed(finding: Finding, thresholds: Thresholds): InEveryLanguage {
  return inEveryLanguage((language) =>
    writers[finding.kind](textsOf('abuse', language), finding, thresholds),
  );
}
