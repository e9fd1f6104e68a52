import { z } from 'zod';
import { attendAppointment } from '../../usecases/appointments/attend.ts';
import { OfferView } from '../entries/schemas.ts';
import { offerView } from '../entries/view.ts';
import { route } from '../http/route.ts';
import { OfferId } from '../http/schemas.ts';
import { AttendanceInput } from './schemas.ts';

export const noteAttendance = route({
  id: 'noteAttendance',
  post: '/appointments/{appointmentId}/attendance',
  tag: 'Entries',
  summary: 'Note whether the person came, and with which document',
  description:
    'The document shown is compared with those that the person joined with. Another one: there is no ' +
    'appointment (`refused`), the record of the draw says so, and the entry leaves; a number that ' +
    'was misread is put right by noting it again. Without a document a reason is needed. Not before ' +
    'the local day of the slot; an absence not before it begins.',
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
