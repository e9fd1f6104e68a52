import { z } from 'zod';
import { attendAppointment } from '../../usecases/appointments/attend.ts';
import { revokeAppointment as revoke } from '../../usecases/appointments/revoke.ts';
import { OfferView } from '../entries/schemas.ts';
import { offerView } from '../entries/view.ts';
import { route } from '../http/route.ts';
import { OfferId } from '../http/schemas.ts';
import { AttendanceInput, RevocationInput } from './schemas.ts';

export const noteAttendance = route({
  id: 'noteAttendance',
  post: '/appointments/{appointmentId}/attendance',
  tag: 'Entries',
  summary: 'Note whether the person came, and with which document',
  description:
    'The document shown is compared with those that the person joined with. Another one: there is no ' +
    'appointment (`refused`), the record of the draw says so, and the entry leaves; a number that ' +
    'was misread is put right by noting it again. Without a document a reason is needed. Not before ' +
    'the local day of the slot; an absence not before it begins. Of a party one who comes is enough: ' +
    'the others who came stand in `others`.',
  access: { agent: 'noteAttendance' },
  params: z.strictObject({ appointmentId: OfferId }),
  body: AttendanceInput,
  answers: { 200: { description: 'The appointment.', schema: OfferView } },
  refusals: ['appointment_early', 'appointment_not_found', 'appointment_settled'],
  async run({ prefecture, params: { appointmentId }, body, nowMs }, deps) {
    const offer = await attendAppointment(deps, prefecture, appointmentId, body, nowMs);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});

export const revokeAppointment = route({
  id: 'revokeAppointment',
  post: '/appointments/{appointmentId}/revocation',
  tag: 'Entries',
  summary: 'Take back an appointment, or an open offer, that the office cannot keep',
  description:
    'The person is told at once with the cause, has no absence, and is first in the next draw of ' +
    'their type; the place is free for others. What a person does not want any more is answered for ' +
    'them at the desk instead. Repeating it changes nothing.',
  access: { agent: 'revokeAppointments' },
  params: z.strictObject({ appointmentId: OfferId }),
  body: RevocationInput,
  answers: { 200: { description: 'What was taken back.', schema: OfferView } },
  refusals: ['appointment_not_found', 'appointment_settled'],
  async run({ prefecture, params: { appointmentId }, body, nowMs, note }, deps) {
    const offer = await revoke(deps, prefecture, appointmentId, body.cause, nowMs);
    note([offer.entry]);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});
