/** Every refusal a caller can act on. A code is `noun_adjective` and is never renamed. */
export type ErrorCode =
  | 'absence_not_found'
  | 'absence_settled'
  | 'agent_last'
  | 'agent_not_found'
  | 'agents_full'
  | 'appointment_early'
  | 'appointment_not_found'
  | 'appointment_settled'
  | 'approver_same'
  | 'certificate_unavailable'
  | 'batch_changed'
  | 'batch_not_found'
  | 'checkpoint_unavailable'
  | 'code_expired'
  | 'code_wrong'
  | 'proof_wrong'
  | 'contact_exhausted'
  | 'credentials_missing'
  | 'credentials_rejected'
  | 'cron_invalid'
  | 'document_refused'
  | 'document_unknown'
  | 'draw_not_found'
  | 'draw_not_void'
  | 'draw_repeated'
  | 'draw_settled'
  | 'entries_invalid'
  | 'entry_duplicate'
  | 'entry_frozen'
  | 'entry_not_found'
  | 'entry_settled'
  | 'event_invalid'
  | 'flag_not_found'
  | 'flag_settled'
  | 'helper_full'
  | 'helper_not_found'
  | 'helpers_full'
  | 'idempotency_mismatch'
  | 'import_in_progress'
  | 'index_unavailable'
  | 'input_inconsistent'
  | 'input_malformed'
  | 'leaf_not_found'
  | 'link_expired'
  | 'mandate_expired'
  | 'mandate_not_found'
  | 'manifest_unavailable'
  | 'member_not_found'
  | 'member_repeated'
  | 'message_not_found'
  | 'offer_not_found'
  | 'answer_final'
  | 'offer_settled'
  | 'participation_not_found'
  | 'party_changed'
  | 'party_too_large'
  | 'place_offered'
  | 'person_unmapped'
  | 'prefecture_not_found'
  | 'priority_not_found'
  | 'priority_settled'
  | 'provider_unavailable'
  | 'reason_missing'
  | 'reason_refused'
  | 'closure_empty'
  | 'closure_not_found'
  | 'record_unavailable'
  | 'request_type_in_use'
  | 'request_type_unknown'
  | 'requests_too_many'
  | 'role_insufficient'
  | 'schedule_not_found'
  | 'scope_insufficient'
  | 'sign_in_refused'
  | 'sign_in_unavailable'
  | 'signature_invalid'
  | 'site_in_use'
  | 'site_unknown'
  | 'slot_duplicate'
  | 'slot_frozen'
  | 'slot_not_found'
  | 'slots_invalid'
  | 'tree_not_found'
  | 'work_expired'
  | 'work_invalid'
  | 'work_light'
  | 'work_missing'
  | 'work_spent';

/** A refusal the caller can act on. Anything else that is thrown is a bug or an outage. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** Path of the member at fault, as a caller would write it: `entries[3].missed`. */
  readonly member: string | undefined;

  constructor(code: ErrorCode, message: string, member?: string) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.member = member;
  }
}

/** A limit is reached: `requests_too_many`, and how long to wait. */
export class LimitReached extends DomainError {
  /** Whole seconds, 1 or more. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, member?: string) {
    super('requests_too_many', message, member);
    this.name = 'LimitReached';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
