import { expect, test } from 'vitest';
import { OWN_REASONS } from '#src/domain/draws/own-reasons.ts';
import { publicPage } from '#src/web/public/page.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { sampleNowMs } from '../../support/samples.ts';
import { shownPrefecture } from '../every-page.ts';

/** The public page of a prefecture with one draw, which is void for this reason. */
function pageOf(lang: 'fr' | 'en', reason: string): string {
  const voided = { atMs: sampleNowMs, reason, agent: 'a1' };
  const draw = sampleDraw({ id: '20261201-8', state: 'void', voided });
  return publicPage({
    ...{ prefecture: shownPrefecture('1'), lang, nextDrawAtMs: undefined, types: [] },
    ...{ head: undefined, counts: undefined },
    draws: [{ draw, strength: 'weaker', note: '1', voidNote: undefined }],
  });
}

test('a reason that the service gave itself is told in the language of the page', () => {
  const removed = (lang: 'fr' | 'en') => pageOf(lang, OWN_REASONS.scheduleRemoved);
  expect(removed('fr')).toContain('annulé (la planification a été supprimée) –');
  expect(removed('en')).toContain('void (the schedule was removed) –');
  expect(pageOf('fr', OWN_REASONS.scheduleChanged)).toContain('(la planification a été modifiée)');
});

test('the reason of an agent is told in the words of the agent', () => {
  expect(pageOf('fr', 'Panne <réseau>')).toContain('annulé (Panne &lt;réseau&gt;) –');
  expect(pageOf('en', 'Panne {réseau}')).toContain('void (Panne {réseau}) –');
});
