import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appointmentCalendar,
  type CalendarAppointment,
} from '#src/notifications/render/calendar.ts';

const appointment: CalendarAppointment = {
  language: 'fr',
  uid: '20261123-7k2m9x.k3j5m7n9p1q2r4s6',
  startMs: Date.parse('2026-12-01T09:30:00+01:00'),
  summary: 'Rendez-vous à la préfecture',
  location: 'Préfecture, 167-177 avenue Joliot-Curie; Nanterre',
  url: 'https://rdv.example.org/92/inscriptions/k3j5m7n9p1q2r4s6?token=k1.NqDrEPP4AteJvW1hoG2ypxfENZAm2grY',
  organizer: { name: 'Préfecture des Hauts-de-Seine', email: 'ne-pas-repondre@rdv.example.org' },
  stampMs: Date.parse('2026-11-24T09:15:00Z'),
  cancelled: false,
};

/** Reads iCalendar by the letter of RFC 5545, and refuses what strays from it. */
function parse(file: string): Map<string, string> {
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  if (lines.at(-1) === '') lines.pop();
  const members = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] =
      /^([A-Z-]+)(?:;[A-Z-]+=(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*))*:(.*)$/u.exec(line) ?? [];
    expect(name, line).toBeDefined();
    if (name === 'BEGIN' || name === 'END') members.set(`${name}:${value}`, '');
    else expect(members.has(name ?? ''), `${name} twice`).toBe(false);
    members.set(name ?? '', value ?? '');
  }
  expect([lines[0], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
  return members;
}

const plain = (text = '') => text.replace(/\\([\\;,])/g, '$1').replace(/\\n/g, '\n');

describe('an appointment as a calendar file', () => {
  const file = parse(appointmentCalendar(appointment));

  test('names the instant in UTC, and lasts half an hour', () => {
    expect(file.get('DTSTART')).toBe('20261201T083000Z');
    expect(file.get('DTEND')).toBe('20261201T090000Z');
    expect(file.get('DTSTAMP')).toBe('20261124T091500Z');
  });

  test('has all that RFC 5546 asks of a published event', () => {
    expect(file.get('VERSION')).toBe('2.0');
    expect(file.get('PRODID')).toMatch(/Tirage/);
    expect(file.get('METHOD')).toBe('PUBLISH');
    expect(file.get('UID')).toBe(appointment.uid);
    expect(file.get('ORGANIZER')).toBe('mailto:ne-pas-repondre@rdv.example.org');
    expect(file.get('STATUS')).toBe('CONFIRMED');
    expect(file.get('SEQUENCE')).toBe('0');
    expect(plain(file.get('SUMMARY'))).toBe(appointment.summary);
    expect(plain(file.get('LOCATION'))).toBe(appointment.location);
    expect(file.get('URL')).toBe(appointment.url);
  });

  test('is taken back by one of the same UID and a higher sequence', () => {
    const cancelled = parse(appointmentCalendar({ ...appointment, cancelled: true }));
    expect(cancelled.get('METHOD')).toBe('CANCEL');
    expect(cancelled.get('STATUS')).toBe('CANCELLED');
    expect(cancelled.get('UID')).toBe(file.get('UID'));
    expect(cancelled.get('SEQUENCE')).toBe('1');
  });

  test('is the same every time, and may last longer', () => {
    expect(appointmentCalendar(appointment)).toBe(appointmentCalendar(appointment));
    const long = parse(appointmentCalendar({ ...appointment, minutes: 90 }));
    expect(long.get('DTEND')).toBe('20261201T100000Z');
  });

  test('stays one event whatever the labels hold', () => {
    const label = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc.constantFrom('', 'A\r\nATTENDEE:mailto:x@example.org', 'a";b:c', '\\n', 'é'.repeat(100)),
    );
    fc.assert(
      fc.property(label, label, (location, name) => {
        const { email } = appointment.organizer;
        const odd = { ...appointment, location, organizer: { name, email } };
        // An empty place is left out; nothing is ever added.
        const names = [...file.keys()].filter((member) => member !== 'LOCATION' || location !== '');
        expect([...parse(appointmentCalendar(odd)).keys()]).toEqual(names);
      }),
    );
  });
});
