import { certificatesPage } from '#src/web/certificates/page.ts';
import { hex } from './draw-samples.ts';
import { samplePrefecture } from './samples.ts';

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

/** The page that checks: empty, with a genuine certificate, with something that is not genuine. */
export function certificatesPages(lang: 'fr' | 'en'): string[] {
  const about = { id: '92', ...samplePrefecture(), paused: undefined, graceUntilMs: 0 };
  const none = { certificate: null, receipt: null, attempts: null, draws: null };
  const says = { fr: 'Ce que l’on en sait.', en: 'What is known of it.' };
  const genuine = {
    ...none,
    genuine: true,
    says,
    issuedAt: '2026-12-01T08:00:00.000Z',
    certificate: { ...claims, draws: [draw, { ...draw, draw: 'd2' }] },
    attempts: { draws: 1, weeks: 1 },
    draws: [{ draw: 'd2', state: 'void' }],
  };
  const wrong = { ...none, genuine: false, says, issuedAt: null };
  const jws = 'a'.repeat(600);
  return [
    certificatesPage({ lang, checked: undefined, about: undefined, jws: undefined }),
    certificatesPage({ lang, checked: genuine, about, jws }),
    certificatesPage({ lang, checked: wrong, about: undefined, jws: undefined }),
  ];
}
