import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { decodePriority } from '../priorities/store.ts';
import type { Judge } from './items.ts';
import { text, whole } from './read.ts';

/** An entry has priority if and only if two agents agreed on it, and as they agreed. */
export const priority: Judge<EntryRecord> = {
  name: 'priorities',
  needs: ({ id }, { keys }) => [['hget', keys.priorities, id]],
  judge({ state, priority: own }, [reply]) {
    const raw = text(reply);
    if (state === 'erased') return raw === null ? [] : ['is erased and has a priority'];
    const agreed = raw === null ? undefined : approved(raw);
    if (!own) return agreed ? ['is without the priority that was approved'] : [];
    if (!agreed) return ['has a priority that was not approved'];
    const same = agreed.ground === own.ground && agreed.untilMs === own.untilMs;
    return same ? [] : ['has another priority than was approved'];
  },
};

function approved(raw: string) {
  try {
    const found = decodePriority(raw);
    return found.state === 'approved' ? found : undefined;
  } catch {
    return undefined; // said of the priority itself
  }
}

/** Who sits out draws is in no pool before they are over; who appeals is heard. */
export const absence: Judge<EntryRecord> = {
  name: 'absences',
  needs: ({ id, absence: own }, { keys }) =>
    own
      ? [
          ['get', keys.drawNumber],
          ['hexists', keys.appeals, id],
        ]
      : [],
  judge({ state, since = 0, absence: own }, [drawNumber, appeals]) {
    if (!own) return [];
    const sits = own.state !== 'lifted' && own.untilDraw > whole(drawNumber ?? 0);
    const early = state === 'waiting' && sits && since < own.untilDraw;
    const unheard = own.state === 'appealed' && whole(appeals) === 0;
    return [
      ...(early ? ['waits for a draw that it sits out'] : []),
      ...(unheard ? ['appeals and its text is not there'] : []),
    ];
  },
};

/** Who goes on alone when the draw is over is not forgotten, and is one of the party. */
export const parting: Judge<EntryRecord> = {
  name: 'parties',
  needs: ({ id, parting: own }, { keys }) =>
    own === undefined ? [] : [['sismember', keys.partings, id]],
  judge({ state, party = 1, otherIdentities = [], parting: own }, [isListed]) {
    const few = party > 1 && state !== 'erased' && otherIdentities.length < party - 1;
    return [
      ...(few ? ['has fewer identities than people'] : []),
      ...(own !== undefined && own >= party ? ['lets somebody go who is not of it'] : []),
      ...(own !== undefined && isLiveEntry(state) && isListed !== 1
        ? ['lets somebody go and nobody will do it']
        : []),
    ];
  },
};

/** A document that is still to be checked will be. */
export const documentCheck: Judge<EntryRecord> = {
  name: 'document checks',
  needs: ({ id, documentCheck: check }, { keys }) =>
    check === 'due' ? [['zscore', keys.toCheck, id]] : [],
  judge({ state, documentCheck: check }, [reply]) {
    const isForgotten = check === 'due' && isLiveEntry(state) && text(reply) === null;
    return isForgotten ? ['has a document to check and nobody will'] : [];
  },
};
