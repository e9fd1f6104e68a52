import { z } from 'zod';
import { LARGEST_PARTY } from '../../allocator/types.ts';
import type { Language } from '../../base/languages.ts';
import { IMPEDIMENTS } from '../../domain/absences/rule.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { PrintedPaper } from '../../usecases/certificates/printed.ts';
import type { PageError } from '../../web/entry/page.ts';
import type { RouteDeps } from '../http/deps.ts';
import type { Tells } from '../http/told.ts';

const Typed = z.string().trim().max(300).default('');

/** What the forms of the page send. */
export const EntryFields = z.object({
  token: z.string().trim().max(200).default(''),
  action: z
    .enum([
      'show',
      'verify',
      'resend',
      'accept',
      'decline',
      'cancel',
      'cancel_confirmed',
      'withdraw',
      'withdraw_confirmed',
      'end_mandate',
      'end_mandate_confirmed',
      'appeal',
      'explain',
      'receipt_paper',
      'certificate_paper',
      'add_member',
      'remove_member',
      'split_member',
      'undo',
      'new_call_code',
    ])
    .default('show'),
  offer: z.string().max(100).optional(),
  draw: z.string().max(48).default(''),
  /** A box that is ticked: print the name. */
  named: z.literal('true').optional(),
  /** Of a party: who it is about, and how many they are as the page was shown. */
  member: z.coerce.number().int().min(0).max(LARGEST_PARTY).catch(0),
  people: z.coerce.number().int().min(0).max(LARGEST_PARTY).catch(0),
  /** Who comes along from now on. */
  memberName: Typed,
  memberBirthDate: Typed,
  memberAgdref: Typed,
  memberPassport: Typed,
  memberPassportCountry: Typed,
  memberConsular: Typed,
  memberConsularCountry: Typed,
  impediment: z.enum(IMPEDIMENTS).optional().catch(undefined),
  statement: z.string().trim().max(1000).default(''),
  code: z
    .string()
    .max(20)
    .transform((text) => text.replaceAll(/\D/g, ''))
    .default(''),
});
export type EntryFields = z.infer<typeof EntryFields>;

/** One request to the page of an entry. */
export interface Visit {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly nowMs: number;
}

/** What is shown in place of the entry, or beside it. */
export interface Shown {
  readonly paper?: PrintedPaper;
  readonly html?: string;
  readonly notice?: 'resent' | 'appealed' | 'parted' | 'undone' | 'recalled';
}

/** Something that the page does for a person whose token was checked. */
export interface EntryAction {
  /** What its refusals are called on the page; undefined: the entry says enough. */
  readonly refusals: Tells<PageError | undefined>;
  readonly act: (deps: RouteDeps, visit: Visit, fields: EntryFields) => Promise<Shown>;
}

/** Those that change nothing: they show the entry, or ask whether it is meant. */
type Silent = 'show' | 'cancel' | 'withdraw' | 'end_mandate';
export type Act = Exclude<EntryFields['action'], Silent>;
