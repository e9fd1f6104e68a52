import { checkedPaper, LONGEST_PAPER } from '../../usecases/certificates/check.ts';
import type { ServiceRoute } from '../http/service-route.ts';
import { checkView } from './view.ts';

/** `POST /v1/certificates/verify`: for everyone, whether a paper is genuine. */
export const verifyCertificate: ServiceRoute = {
  id: 'verifyCertificate',
  method: 'post',
  path: '/v1/certificates/verify',
  takes: { types: ['application/pdf', 'application/jwt', 'text/plain'], mostBytes: LONGEST_PAPER },
  async run({ bytes }, deps) {
    return { status: 200, body: checkView(await checkedPaper(deps, bytes)) };
  },
};
