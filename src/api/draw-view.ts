import type { z } from 'zod';
import type { DrawRecord, RequestTypeStatistics } from '../store/types.ts';
import { instant, instantOrNull } from './schemas/common.ts';
import type { DrawView, EntropyView } from './schemas/draws.ts';

/** Said wherever an operator's secret is shown, as lottery/v1 demands. */
const weakerNote = {
  fr: 'Source plus faible qu’une balise publique : l’opérateur peut refuser de révéler son secret, ou composer la liste des participants en le connaissant.',
  en: 'Weaker than a public beacon: the operator can refuse to reveal the secret, or choose who takes part while knowing it.',
};
const beaconNote = {
  fr: 'Balise publique que personne ne contrôle ; sa valeur n’existe pas encore quand la liste est fixée et publiée.',
  en: 'A public beacon that nobody controls; its value does not exist yet when the draw is frozen and published.',
};

/** What everyone may know of a draw. Never its slots, never the sealed secret. Pure. */
export function drawView(draw: DrawRecord): z.infer<typeof DrawView> {
  const { statistics, voided } = draw;
  return {
    id: draw.id,
    state: draw.state,
    plannedAt: instant(draw.atMs),
    announcedAt: instant(draw.scheduledAtMs),
    number: draw.number ?? null,
    frozenAt: instantOrNull(draw.frozenAtMs),
    publishedAt: instantOrNull(draw.publishedAtMs),
    closedAt: instantOrNull(draw.closedAtMs),
    entropy: entropyView(draw),
    manifestHash: draw.manifestHash ?? null,
    seed: draw.seed ?? null,
    outcomeHash: draw.outcomeHash ?? null,
    statistics: statistics
      ? {
          entries: statistics.entries,
          places: statistics.places,
          drawn: statistics.drawn,
          requestTypes: Object.entries(statistics.requestTypes).map(([requestType, row]) => ({
            requestType,
            ...row,
            chance: chanceOf(row),
          })),
        }
      : null,
    voided: voided
      ? { at: instant(voided.atMs), reason: voided.reason, agent: voided.agent }
      : null,
  };
}

function entropyView({ entropy, manifest }: DrawRecord): z.infer<typeof EntropyView> {
  if (entropy.source === 'operator') {
    const { source, commitment } = entropy;
    return { source, chain: null, round: null, commitment, strength: 'weaker', note: weakerNote };
  }
  const { source, chain } = entropy;
  const round = manifest?.entropy.source === 'drand' ? manifest.entropy.round : null;
  return { source, chain, round, commitment: null, strength: 'public_beacon', note: beaconNote };
}

/** Entries drawn / entries waiting, or null if nobody waited. Pure. */
export function chanceOf({ waiting, drawn }: RequestTypeStatistics): number | null {
  return waiting === 0 ? null : drawn / waiting;
}

/** What a draw did for one request type, if it knew it. Pure. */
export function typeStatistics(
  draw: DrawRecord | undefined,
  requestType: string,
): RequestTypeStatistics | undefined {
  const rows = draw?.statistics?.requestTypes;
  return rows && Object.hasOwn(rows, requestType) ? rows[requestType] : undefined;
}
