import type { z } from 'zod';
import { inEveryLanguage } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { CertifiableDraw } from '../../usecases/certificates/certify.ts';
import type { CheckedPaper } from '../../usecases/certificates/check.ts';
import { strengthView } from '../draws/view.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { CertificateList, PaperCheck } from './schemas.ts';

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

const nothing = {
  kind: null,
  form: null,
  keyId: null,
  issuedAt: null,
  receipt: null,
  certificate: null,
  attempts: null,
  draws: null,
};

/** What was found of a paper. Pure. */
export function checkView(checked: CheckedPaper): z.infer<typeof PaperCheck> {
  const { fault } = checked;
  const says = inEveryLanguage((language) =>
    textsOf('papers', language)(`check.${fault ?? 'genuine'}`),
  );
  const found = { ...nothing, genuine: fault === null, fault, says };
  if (!('paper' in checked)) return found;
  const { paper, now } = checked;
  const { kind, form, keyId } = paper;
  const issuedAt = instant(paper.claims.iat * 1000);
  return {
    ...found,
    kind,
    form,
    keyId,
    issuedAt,
    receipt: paper.kind === 'receipt' ? paper.claims : null,
    certificate: paper.kind === 'certificate' ? paper.claims : null,
    attempts: now?.attempts ?? null,
    draws: now ? [...now.draws] : null,
  };
}
