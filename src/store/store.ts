import { AbsenceStore } from './absences/store.ts';
import { SignalStore } from './abuse/signals.ts';
import { SessionStore } from './agents/sessions.ts';
import { AgentStore } from './agents/store.ts';
import { AuditStore } from './audit/store.ts';
import { ClosureStore } from './closures/store.ts';
import type { Connection } from './core/redis.ts';
import { ScheduleStore } from './draws/schedules.ts';
import { DrawStore } from './draws/store.ts';
import { CheckStore } from './entries/checks.ts';
import { EntryStore } from './entries/store.ts';
import { FlagStore } from './flags/store.ts';
import { HelperStore } from './helpers/store.ts';
import { LetterStore } from './letters/store.ts';
import { LimitStore } from './limits/store.ts';
import { MessageStore } from './messages/store.ts';
import { OfferStore } from './offers/store.ts';
import { PrefectureStore } from './prefectures/store.ts';
import { PriorityStore } from './priorities/store.ts';
import { RegisterStore } from './register/store.ts';
import { RetentionStore } from './retention/store.ts';
import { SlotStore } from './slots/store.ts';

/** Everything that is stored, by kind. */
export interface Store {
  readonly redis: Connection;
  readonly prefectures: PrefectureStore;
  readonly absences: AbsenceStore;
  readonly agents: AgentStore;
  readonly audit: AuditStore;
  readonly entries: EntryStore;
  readonly checks: CheckStore;
  readonly flags: FlagStore;
  readonly slots: SlotStore;
  readonly closures: ClosureStore;
  readonly draws: DrawStore;
  readonly offers: OfferStore;
  readonly helpers: HelperStore;
  readonly letters: LetterStore;
  readonly messages: MessageStore;
  readonly priorities: PriorityStore;
  readonly limits: LimitStore;
  readonly signals: SignalStore;
  readonly register: RegisterStore;
  readonly retention: RetentionStore;
  readonly schedules: ScheduleStore;
  readonly sessions: SessionStore;
}

/** The store on an open connection, which stays the caller's to close. */
export function createStore(redis: Connection): Store {
  return {
    redis,
    prefectures: new PrefectureStore(redis),
    absences: new AbsenceStore(redis),
    agents: new AgentStore(redis),
    audit: new AuditStore(redis),
    entries: new EntryStore(redis),
    checks: new CheckStore(redis),
    flags: new FlagStore(redis),
    slots: new SlotStore(redis),
    closures: new ClosureStore(redis),
    draws: new DrawStore(redis),
    offers: new OfferStore(redis),
    helpers: new HelperStore(redis),
    letters: new LetterStore(redis),
    messages: new MessageStore(redis),
    priorities: new PriorityStore(redis),
    limits: new LimitStore(redis),
    signals: new SignalStore(redis),
    register: new RegisterStore(redis),
    retention: new RetentionStore(redis),
    schedules: new ScheduleStore(redis),
    sessions: new SessionStore(redis),
  };
}
