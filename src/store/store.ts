import { AbsenceStore } from './absences.ts';
import { AgentStore } from './agents.ts';
import { AuditStore } from './audit.ts';
import { CheckStore } from './checks.ts';
import { DrawStore } from './draws.ts';
import { EntryStore } from './entries.ts';
import { FlagStore } from './flags.ts';
import { HelperStore } from './helpers.ts';
import { LetterStore } from './letters.ts';
import { LimitStore } from './limits.ts';
import { MessageStore } from './messages.ts';
import { OfferStore } from './offers.ts';
import { PrefectureStore } from './prefectures.ts';
import { PriorityStore } from './priorities.ts';
import type { Connection } from './redis.ts';
import { RegisterStore } from './register.ts';
import { RetentionStore } from './retention.ts';
import { ScheduleStore } from './schedules.ts';
import { SessionStore } from './sessions.ts';
import { SignalStore } from './signals.ts';
import { SlotStore } from './slots.ts';

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
