import type { Language } from '#src/base/languages.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { certificatesPage } from '#src/web/certificates/page.ts';
import { hex } from './draw-samples.ts';
import { ownText } from './entry-pages.ts';

const draw = {
  draw: '20261201-90p0ns',
  frozenAt: '2026-12-01T08:00:00Z',
  week: '2026-W49',
  rank: 512,
  entries: 800,
  waiting: 120,
  places: 12,
  manifestHash: hex,
  strength: 'weaker' as const,
  open: true as const,
};
const claims = {
  v: 1 as const,
  prefecture: '92',
  entry: 'e000000000000001',
  requestType: 'renewal',
  iat: 1_796_112_000,
};

const receipt = { ...claims, joinedAt: '2026-11-20T08:00:00Z' };

/** The page that checks: empty, with what is genuine, with something that is not. */
export function certificatesPages(lang: Language, about: Prefecture): string[] {
  const none = { certificate: null, receipt: null, attempts: null, draws: null };
  const says = ownText('1');
  const issuedAt = '2026-12-01T08:00:00.000Z';
  const genuine = { ...none, genuine: true, says, issuedAt };
  const certificate = (attempts: { draws: number; weeks: number }) => ({
    ...genuine,
    certificate: {
      ...claims,
      draws: [draw, { ...draw, draw: '20261202-2' }, { ...draw, void: true as const }],
    },
    attempts,
    draws: [{ draw: '20261202-2', state: 'void' }],
  });
  const wrong = { ...none, genuine: false, says, issuedAt: null };
  const jws = 'a'.repeat(600);
  const show = (checked: Parameters<typeof certificatesPage>[0]['checked'], of = true) =>
    certificatesPage({ lang, checked, about: of ? about : undefined, jws: of ? jws : undefined });
  return [
    show(undefined, false),
    ...[
      { draws: 0, weeks: 0 },
      { draws: 1, weeks: 1 },
      { draws: 2, weeks: 1 },
      { draws: 3, weeks: 2 },
    ].map((attempts) => show(certificate(attempts))),
    show({ ...genuine, receipt }),
    show({ ...genuine, receipt: { ...receipt, waitingSince: '2026-11-21T08:00:00Z' } }),
    show({ ...genuine, receipt }, false),
    show(wrong, false),
  ];
}
