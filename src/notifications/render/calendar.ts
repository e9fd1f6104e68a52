import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Language } from '../../base/languages.ts';
import { minuteMs } from '../../base/units.ts';

const DEFAULT_MINUTES = 30;

export interface CalendarAppointment {
  /** Offer id: the same event in every file about it. */
  readonly uid: string;
  /** Of what the file says. */
  readonly language: Language;
  readonly startMs: number;
  readonly minutes?: number;
  /** Shown to whoever looks at the calendar: never the motive. */
  readonly summary: string;
  readonly location: string;
  readonly url: string;
  readonly organizer: { readonly name: string; readonly email: string };
  readonly stampMs: number;
  /** Takes the event out of the calendar again. */
  readonly cancelled: boolean;
}

/**
 * Writes an appointment as an iCalendar file (RFC 5545). Times are in UTC, which every calendar
 * shows in its owner's zone and no zone table can get wrong. A cancellation has the same UID and a
 * higher sequence number. The same appointment always gives the same file.
 */
export function appointmentCalendar(appointment: CalendarAppointment): string {
  const { uid, language, startMs, minutes = DEFAULT_MINUTES, cancelled, organizer } = appointment;
  const calendar = ical({
    prodId: { company: 'Tirage', product: 'Tirage', language: language.toUpperCase() },
    // Nobody is asked to answer the calendar: the answer was given already. So not REQUEST.
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: uid,
    sequence: cancelled ? 1 : 0,
    stamp: new Date(appointment.stampMs),
    start: new Date(startMs),
    end: new Date(startMs + minutes * minuteMs),
    summary: appointment.summary,
    location: appointment.location,
    url: appointment.url,
    organizer: { name: quotable(organizer.name) || organizer.email, email: organizer.email },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/** RFC 5545 has no way to write a quotation mark in a parameter, and ical-generator tries one. */
function quotable(name: string): string {
  return name.replace(/["\\\p{Cc}]+/gu, ' ').trim();
}
