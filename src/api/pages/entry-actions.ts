import { z } from 'zod';
import { DomainError, type ErrorCode } from '../../base/errors.ts';
import type { Language } from '../../base/languages.ts';
import { IMPEDIMENTS } from '../../domain/absences/rule.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { takeAppeal } from '../../usecases/absences/appeals.ts';
import { giveUpAppointment } from '../../usecases/appointments/give-up.ts';
import { printCertificate } from '../../usecases/certificates/print.ts';
import { printReceipt } from '../../usecases/certificates/print-receipt.ts';
import type { PrintedPaper } from '../../usecases/certificates/printed.ts';
import { needEntry, withdrawEntry } from '../../usecases/entries/hands.ts';
import { sendNewCode, verifyEntry } from '../../usecases/entries/verify.ts';
import { endMandate } from '../../usecases/helpers/mandate.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { needExplained } from '../../usecases/participation/look-back.ts';
import { entryDrawPage } from '../../web/entry/draw-page.ts';
import type { PageError } from '../../web/entry/page.ts';
import { appeal } from '../absences/routes.ts';
import { entropyNote } from '../draws/notes.ts';
import { resendCode, verify, withdraw } from '../entries/routes.ts';
import { endMandate as endMandateRoute } from '../helpers/routes.ts';
import type { RouteDeps } from '../http/deps.ts';
import { type Tells, tells } from '../http/told.ts';
import { acceptOffer, cancelAppointment, declineOffer } from '../offers/routes.ts';
import { readCertificatePaper, readReceiptPaper } from '../papers/routes.ts';
import { explainDraw } from '../participation/routes.ts';
import { explanationView } from '../participation/view.ts';

// What a person does on the page of an entry: the same as through the API, refused for the same reasons.

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
    ])
    .default('show'),
  offer: z.string().max(100).optional(),
  draw: z.string().max(48).default(''),
  /** A box that is ticked: print the name. */
  named: z.literal('true').optional(),
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
  readonly notice?: 'resent' | 'appealed';
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

const bug = 'unknown';
const requests_too_many = 'too_many';
const offerRefusals = {
  requests_too_many,
  offer_not_found: 'unknown',
  offer_settled: 'settled',
  link_expired: 'settled',
} as const;

/** Every action, with what it shares its refusals with. */
export const entryActions: { readonly [action in Act]: EntryAction } = {
  verify: {
    refusals: tells({
      route: verify,
      told: {
        ...{ requests_too_many, code_wrong: 'code_wrong', code_expired: 'code_expired' },
        entry_settled: 'settled',
      },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, { code }) {
      await verifyEntry(deps, prefecture, entryId, { code, nowMs });
      return {};
    },
  },
  resend: {
    refusals: tells({
      route: resendCode,
      told: { requests_too_many, entry_not_found: 'unknown', entry_settled: 'settled' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }) {
      await sendNewCode(deps, prefecture, entryId, nowMs);
      return { notice: 'resent' };
    },
  },
  accept: {
    refusals: tells({ route: acceptOffer, told: offerRefusals, bug }),
    async act(deps, visit, fields) {
      const offer = own(visit, fields, 'offer_not_found');
      await settleOffer(deps, visit.prefecture, offer, 'accept', visit.nowMs);
      return {};
    },
  },
  decline: {
    refusals: tells({ route: declineOffer, told: offerRefusals, bug }),
    async act(deps, visit, fields) {
      const offer = own(visit, fields, 'offer_not_found');
      await settleOffer(deps, visit.prefecture, offer, 'decline', visit.nowMs);
      return {};
    },
  },
  cancel_confirmed: {
    refusals: tells({
      route: cancelAppointment,
      told: { requests_too_many, appointment_not_found: 'unknown', appointment_settled: 'settled' },
      bug,
    }),
    async act(deps, visit, fields) {
      const appointment = own(visit, fields, 'appointment_not_found');
      const { prefecture, nowMs } = visit;
      const { impediment } = fields;
      await giveUpAppointment(deps, prefecture, appointment, nowMs, { impediment });
      return {};
    },
  },
  withdraw_confirmed: {
    refusals: tells({
      route: withdraw,
      told: { requests_too_many, entry_not_found: 'unknown', entry_settled: 'settled' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }) {
      await withdrawEntry(deps, prefecture, entryId, nowMs);
      return {};
    },
  },
  end_mandate_confirmed: {
    refusals: tells({
      route: endMandateRoute,
      told: { requests_too_many, mandate_not_found: 'unknown' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }) {
      await endMandate(deps, prefecture, entryId, { by: 'person', nowMs });
      return {};
    },
  },
  appeal: {
    refusals: tells({
      route: appeal,
      also: ['input_malformed'],
      told: {
        ...{ requests_too_many, input_malformed: 'unknown', entry_not_found: 'unknown' },
        ...{ absence_not_found: 'unknown', absence_settled: 'settled' },
      },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, { statement }) {
      if (statement === '') throw new DomainError('input_malformed', 'is empty', 'statement');
      await takeAppeal(deps, prefecture.id, entryId, statement, nowMs);
      return { notice: 'appealed' };
    },
  },
  explain: {
    // Where there is nothing to explain the entry is shown.
    refusals: tells({
      route: explainDraw,
      told: {
        ...{ requests_too_many, entry_not_found: undefined, draw_not_found: undefined },
        ...{ record_unavailable: undefined, index_unavailable: undefined },
        participation_not_found: undefined,
      },
      bug,
    }),
    async act(deps, visit, { draw, token }) {
      const explained = await needExplained(deps, visit.prefecture, draw, visit.entryId);
      const { tickets, inclusion, explanation: parts } = explanationView(explained);
      return { html: entryDrawPage({ ...visit, token, drawId: draw, parts, tickets, inclusion }) };
    },
  },
  receipt_paper: {
    refusals: tells({
      route: readReceiptPaper,
      told: { requests_too_many, entry_not_found: 'unknown' },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }) {
      const entry = await needEntry(deps, prefecture.id, entryId);
      return { paper: await printReceipt(deps, prefecture, entry, nowMs) };
    },
  },
  certificate_paper: {
    refusals: tells({
      route: readCertificatePaper,
      told: {
        ...{ requests_too_many, entry_not_found: 'unknown', draw_not_found: 'unknown' },
        ...{ certificate_unavailable: 'no_certificate', place_offered: 'no_certificate' },
        ...{ participation_not_found: 'no_certificate', role_insufficient: 'unknown' },
      },
      bug,
    }),
    async act(deps, { prefecture, entryId, nowMs }, { named }) {
      const entry = await needEntry(deps, prefecture.id, entryId);
      const weakerNote = entropyNote('weaker');
      const asked = { entry, isNamed: named !== undefined, nowMs, weakerNote };
      return { paper: await printCertificate(deps, prefecture, asked) };
    },
  },
};

/** The token of one entry answers no offer of another. */
function own({ entryId }: Visit, { offer = '' }: EntryFields, missing: ErrorCode): string {
  if (parseOfferId(offer)?.entry === entryId) return offer;
  throw new DomainError(missing, 'no such offer');
}
