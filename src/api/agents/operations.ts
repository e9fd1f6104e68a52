import { z } from 'zod';
import {
  DrawView,
  NewDraw,
  Reason,
  ScheduleInput,
  ScheduleList,
  ScheduleSet,
  SlotInput,
  SlotList,
  SlotsImported,
  SlotsInput,
} from '../draws/schemas.ts';
import {
  DeskEntry,
  DeskResults,
  EntryList,
  EntrySearch,
  EntryState,
  Rejected,
  Rejection,
} from '../entries/schemas.ts';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';

const slots = 'Slots';
const entries = 'Entries';
const draws = 'Draws';

export const importSlots = operation({
  id: 'importSlots',
  method: 'post',
  path: '/slots',
  tag: slots,
  summary: 'Add slots, all or none',
  description: 'Up to 50,000. They take part in the next draw, and are public once it is drawn.',
  access: { agent: 'importSlots' },
  body: SlotsInput,
  documentedBody: z
    .strictObject({ slots: z.array(SlotInput).min(1).max(50_000) })
    .meta({ id: 'SlotsInput' }),
  csv: {
    description: "Local times in the prefecture's zone. Several request types are parted by |.",
    example:
      'id,site,date,time,places,requestTypes\n,nanterre,2026-12-07,09:30,2,RENEWAL|DUPLICATE\n',
  },
  answers: { 201: { description: 'All were added.', schema: SlotsImported } },
  refusals: ['slots_invalid', 'slot_duplicate', 'import_in_progress'],
});

export const listSlots = operation({
  id: 'listSlots',
  method: 'get',
  path: '/slots',
  tag: slots,
  summary: 'Slots, in no order',
  access: { agent: 'readSlots', audit: 'none' },
  query: Page,
  answers: { 200: { description: 'A page of slots.', schema: SlotList } },
  refusals: ['input_malformed'],
});

export const enterAtDesk = operation({
  id: 'enterAtDesk',
  method: 'post',
  path: '/desk-entries',
  tag: entries,
  summary: 'Enter people who came to the desk, called or wrote',
  description:
    'Identity was checked by the agent: the entries wait at once, with the same chances as any ' +
    'other. If one line of a file is invalid none is taken; a person who is entered already is ' +
    'reported as a duplicate, so a file can be sent again.',
  access: { agent: 'enterAtDesk' },
  body: DeskEntry,
  csv: {
    description:
      'Up to 5,000 paper entries. Lists are parted by |. A column `postal` may follow: the lines of an address.',
    example:
      'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,' +
      'phone,language,sites,notBefore,notAfter,days,from,until\n' +
      'RENEWAL,Ada Exemple,passport,GBR,EX0000001,,,ada@example.org,,en,nanterre,,,,,\n',
  },
  answers: { 200: { description: 'What became of each.', schema: DeskResults } },
  refusals: [
    'contact_exhausted',
    'document_unknown',
    'entries_invalid',
    'request_type_unknown',
    'site_unknown',
    'document_refused',
  ],
});

export const listEntries = operation({
  id: 'listEntries',
  method: 'get',
  path: '/entries',
  tag: entries,
  summary: 'Entries, in no order, without personal data',
  access: { agent: 'readEntries' },
  query: z.strictObject({
    ...Page.shape,
    state: EntryState.optional(),
    requestType: Identifier.optional(),
    id: Identifier.optional().meta({ description: 'Only this one, if it exists.' }),
  }),
  answers: { 200: { description: 'A page of entries.', schema: EntryList } },
});

export const searchEntries = operation({
  id: 'searchEntries',
  method: 'post',
  path: '/entry-search',
  tag: entries,
  summary: 'Find the live entries of a person by document',
  description: 'A body, not a query: document numbers do not belong into addresses and logs.',
  access: { agent: 'searchEntries', audit: 'read' },
  body: EntrySearch,
  answers: { 200: { description: 'At most one for each request type.', schema: EntryList } },
  refusals: ['request_type_unknown'],
});

export const rejectEntry = operation({
  id: 'rejectEntry',
  method: 'post',
  path: '/entries/{entryId}/rejection',
  tag: entries,
  summary: 'Take an entry off the waitlist',
  access: { agent: 'rejectEntries' },
  params: z.strictObject({ entryId: Identifier }),
  body: Rejection,
  answers: { 200: { description: 'The entry is rejected.', schema: Rejected } },
  refusals: ['entry_not_found', 'entry_settled'],
});

export const scheduleDraw = operation({
  id: 'scheduleDraw',
  method: 'post',
  path: '/draws',
  tag: draws,
  summary: 'Plan a draw',
  description:
    'Its source of randomness is fixed, and public, from this moment. With `replaces` it repeats a ' +
    'void draw, under another id, once; the same request again answers the draw it planned.',
  access: { agent: 'scheduleDraws' },
  body: NewDraw,
  answers: { 201: { description: 'The planned draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_not_void', 'draw_repeated'],
});

export const voidDraw = operation({
  id: 'voidDraw',
  method: 'post',
  path: '/draws/{drawId}/void',
  tag: draws,
  summary: 'Declare a draw void, in public',
  description: 'Its offers and appointments are revoked; everyone waits again. It stays listed.',
  access: { agent: 'voidDraws' },
  params: z.strictObject({ drawId: Identifier }),
  body: Reason,
  answers: { 200: { description: 'The void draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_settled'],
});

const scheduleParams = z.strictObject({ name: Identifier });

export const putSchedule = operation({
  id: 'putDrawSchedule',
  method: 'put',
  path: '/draw-schedules/{name}',
  tag: draws,
  summary: 'Plan draws that come again and again',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  body: ScheduleInput,
  answers: { 200: { description: 'The schedule and its next draw.', schema: ScheduleSet } },
  refusals: ['cron_invalid'],
});

export const removeSchedule = operation({
  id: 'removeDrawSchedule',
  method: 'delete',
  path: '/draw-schedules/{name}',
  tag: draws,
  summary: 'End a schedule',
  description: 'The draw it had planned becomes void.',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  answers: { 204: { description: 'The schedule has ended.' } },
  refusals: ['schedule_not_found'],
});

export const listSchedules = operation({
  id: 'listDrawSchedules',
  method: 'get',
  path: '/draw-schedules',
  tag: draws,
  summary: 'Schedules of draws',
  access: { agent: 'readSchedules', audit: 'none' },
  answers: { 200: { description: 'All schedules.', schema: ScheduleList } },
});
