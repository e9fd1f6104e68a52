import { z } from 'zod';
import { checkedPaper, LONGEST_PAPER } from '../../usecases/certificates/check.ts';
import type { RouteDeps } from '../http/deps.ts';
import { serviceRoute } from '../http/service-route.ts';
import { PaperCheck } from './schemas.ts';
import { checkView } from './view.ts';

/** `POST /v1/certificates/verify`: for everyone, whether a paper is genuine. */
export const verifyCertificate = serviceRoute({
  id: 'verifyCertificate',
  post: '/v1/certificates/verify',
  tag: 'Public',
  summary: 'Whether a certificate or receipt is genuine',
  description:
    'For everyone. Send the PDF as it was made, the text of the JWS, or the address that a QR ' +
    'code holds. What is not genuine is answered with 200 too, and with what is wrong.',
  takes: {
    types: {
      'application/pdf': z.string().meta({ description: 'Up to 1 MB.' }),
      'application/jwt': z.string(),
      'text/plain': z.string(),
    },
    mostBytes: LONGEST_PAPER,
  },
  answers: { 200: { description: 'What was found.', schema: PaperCheck } },
  refusals: { body_too_large: '', media_type_unsupported: '', requests_too_many: '' },
  async run({ bytes }, deps: RouteDeps) {
    return { status: 200, body: checkView(await checkedPaper(deps, bytes)) };
  },
});
