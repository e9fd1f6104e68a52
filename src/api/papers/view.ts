import type { z } from 'zod';
import type { CertifiableDraw } from '../../usecases/certificates/certify.ts';
import { strengthView } from '../draws/view.ts';
import { instantOrNull } from '../http/schemas.ts';
import type { CertificateList } from './schemas.ts';

/** One draw in the list of what can be certified. Pure. */
export function certificateLine({
  draw,
  finding,
  missed,
}: CertifiableDraw): z.infer<typeof CertificateList>['draws'][number] {
  return {
    draw: draw.id,
    state: draw.state,
    frozenAt: instantOrNull(draw.frozenAtMs),
    finding,
    certificate: finding === 'missed',
    missed: missed ?? null,
    entropy: strengthView(draw),
  };
}
