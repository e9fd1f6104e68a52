import { z } from 'zod';
import { dayMs } from '../../base/units.ts';
import { HELPER_CATEGORIES, MANDATE_ENDERS } from '../../domain/helpers/mandate.ts';
import { OFFER_ANSWERS } from '../../domain/offers/state.ts';
import { StatedImpediment } from '../absences/schemas.ts';
import { Proof } from '../entries/proof-schema.ts';
import { DeskEntry, EntrySummary } from '../entries/schemas.ts';
import { Identifier, Instant } from '../http/schemas.ts';

const Category = z.enum(HELPER_CATEGORIES);
const Label = z.string().trim().min(1).max(100);
const Cap = z
  .int()
  .min(1)
  .max(1000)
  .meta({ description: 'Most live entries that it made, also those whose mandate has ended.' });

export const NewHelper = z
  .strictObject({ category: Category, label: Label, cap: Cap.default(100) })
  .meta({ id: 'NewHelper' });

export const HelperChange = z.strictObject({ cap: Cap }).meta({ id: 'HelperChange' });

export const HelperView = z
  .strictObject({
    id: Identifier,
    category: Category,
    label: z.string(),
    cap: z.int(),
    entries: z
      .int()
      .min(0)
      .meta({ description: 'Live ones that it made, about: they count for the cap.' }),
    createdAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'Helper' });

export const HelperList = z
  .strictObject({ helpers: z.array(HelperView) })
  .meta({ id: 'HelperList' });

export const HelperKey = z
  .strictObject({
    helper: HelperView,
    agent: Identifier.meta({ description: 'Id of the key, as it stands in the audit log.' }),
    key: z.string().meta({ description: 'The API key. Shown this once, stored nowhere.' }),
  })
  .meta({ id: 'HelperKey' });

/** Two years: who still needs help then says so again. */
const MOST_MANDATE_DAYS = 731;

const LocalDay = z.iso.date().meta({ description: 'Local date, inclusive.' });

export const MandateInput = z
  .strictObject({
    reference: z.string().trim().min(1).max(200).meta({
      description: 'Where the written mandate is. Sealed at rest.',
    }),
    from: LocalDay,
    until: LocalDay,
  })
  .refine(({ from, until }) => from <= until, 'from must not be after until')
  .refine(
    ({ from, until }) => Date.parse(until) - Date.parse(from) <= MOST_MANDATE_DAYS * dayMs,
    `must not hold for more than ${MOST_MANDATE_DAYS} days: it can be renewed`,
  )
  .meta({ id: 'MandateInput' });

export const HelperEntry = DeskEntry.omit({ origin: true, sharedContact: true })
  .extend({ mandate: MandateInput })
  .meta({ id: 'HelperEntry' });

export const HelperEntered = z
  .strictObject({
    id: Identifier,
    receipt: z.string().meta({ description: 'The signed receipt, for the person.' }),
  })
  .meta({ id: 'HelperEntered', description: 'Its token goes to the person, not to the helper.' });

export const HelperEntries = z
  .strictObject({
    entries: z.array(z.strictObject({ entry: EntrySummary, from: LocalDay, until: LocalDay })),
  })
  .meta({ id: 'HelperEntries' });

export const HelperAnswer = z
  .strictObject({
    proof: Proof,
    action: z.enum([...OFFER_ANSWERS, 'cancel', 'withdraw']),
    impediment: StatedImpediment,
  })
  .meta({ id: 'HelperAnswer' });

export const MandateView = z
  .strictObject({
    entry: Identifier,
    helper: z.strictObject({ id: Identifier, category: Category, label: z.string() }),
    from: LocalDay,
    until: LocalDay,
    current: z.boolean(),
    endedAt: Instant.nullable(),
    endedBy: z.enum(MANDATE_ENDERS).nullable(),
  })
  .meta({ id: 'Mandate' });
