import { DomainError, type ErrorCode } from '../../base/errors.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import { takeAppeal } from '../../usecases/absences/appeals.ts';
import { giveUpAppointment } from '../../usecases/appointments/give-up.ts';
import { printCertificate } from '../../usecases/certificates/print.ts';
import { printReceipt } from '../../usecases/certificates/print-receipt.ts';
import { needEntry, withdrawEntry } from '../../usecases/entries/hands.ts';
import { changeCallCode } from '../../usecases/entries/proof.ts';
import { sendNewCode, verifyEntry } from '../../usecases/entries/verify.ts';
import { endMandate } from '../../usecases/helpers/mandate.ts';
import { undoAnswer } from '../../usecases/offers/proxy.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { needExplained } from '../../usecases/participation/look-back.ts';
import { entryDrawPage } from '../../web/entry/draw-page.ts';
import { appeal } from '../absences/routes.ts';
import { entropyNote } from '../draws/notes.ts';
import { changeCallCode as changeCallCodeRoute } from '../entries/call-code-routes.ts';
import { resendCode, verify, withdraw } from '../entries/routes.ts';
import { endMandate as endMandateRoute } from '../helpers/routes.ts';
import { tells } from '../http/told.ts';
import {
  acceptOffer,
  cancelAppointment,
  declineOffer,
  undoAnswer as undoRoute,
} from '../offers/routes.ts';
import { readCertificatePaper, readReceiptPaper } from '../papers/routes.ts';
import { explainDraw } from '../participation/routes.ts';
import { explanationView } from '../participation/view.ts';
import type { Act, EntryAction, EntryFields, Visit } from './entry-fields.ts';
import { partyActions } from './party-actions.ts';

// What a person does on the page of an entry: the same as through the API, refused for the same reasons.

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
  undo: {
    refusals: tells({
      route: undoRoute,
      told: { requests_too_many, answer_final: 'final', offer_not_found: 'unknown' },
      bug,
    }),
    async act(deps, visit, fields) {
      const offer = own(visit, fields, 'offer_not_found');
      await undoAnswer(deps, visit.prefecture, offer, visit.nowMs);
      return { notice: 'undone' };
    },
  },
  new_call_code: {
    refusals: tells({
      route: changeCallCodeRoute,
      told: { requests_too_many, entry_not_found: 'unknown' },
      bug,
    }),
    async act(deps, { prefecture, entryId }) {
      await changeCallCode(deps, prefecture.id, entryId);
      return { notice: 'recalled' };
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
  ...partyActions,
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
