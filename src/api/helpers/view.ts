import type { z } from 'zod';
import type { HelperRecord } from '../../store/helpers/codec.ts';
import type { HelpedEntry } from '../../usecases/helpers/helped.ts';
import type { MandateStanding } from '../../usecases/helpers/mandate.ts';
import type { ShownMandate } from '../../web/entry/mandate.ts';
import { entrySummary } from '../entries/view.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { HelperEntries, HelperView, MandateView } from './schemas.ts';

/** A helper, with how many live entries it made. Pure. */
export function helperView(helper: HelperRecord, entries: number): z.infer<typeof HelperView> {
  const { id, category, label, cap, createdAtMs, revokedAtMs } = helper;
  const revokedAt = instantOrNull(revokedAtMs);
  return { id, category, label, cap, entries, createdAt: instant(createdAtMs), revokedAt };
}

/** An entry as its helper finds it in a list. Pure. */
export function helpedView({
  entry,
  mandate: { from, until },
}: HelpedEntry): z.infer<typeof HelperEntries>['entries'][number] {
  return { entry: entrySummary(entry), from, until };
}

/** A mandate as person and agents see it. Pure. */
export function mandateView(of: MandateStanding): z.infer<typeof MandateView> {
  const { id, category, label } = of.helper;
  const { from, until, ended } = of.mandate;
  return {
    entry: of.entry,
    helper: { id, category, label },
    from,
    until,
    current: of.isCurrent,
    endedAt: instantOrNull(ended?.atMs),
    endedBy: ended?.by ?? null,
  };
}

/** A mandate as the page of its entry shows it; undefined where nobody acts for the person. Pure. */
export function shownMandate(of: MandateStanding | undefined): ShownMandate | undefined {
  if (!of) return undefined;
  const { helper, mandate, isCurrent } = of;
  return { helper: helper.label, category: helper.category, until: mandate.until, isCurrent };
}
