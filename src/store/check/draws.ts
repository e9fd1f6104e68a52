import { z } from 'zod';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { typesInUse } from '../../domain/draws/reserves.ts';
import { DRAW_FIELDS, decodeDraw, decodeTypes } from '../draws/codec.ts';
import { type DrawFacts, drawFaults } from './draw-facts.ts';
import { itemInvariant, type Judge } from './items.ts';
import { text, texts, whole } from './read.ts';
import type { Invariant } from './types.ts';

const Fields = z.record(z.string(), z.string());

interface PlannedDraw {
  readonly id: string;
  /** When it is planned, as the list of draws has it. */
  readonly atMs: number;
}

/** A draw with everything that says how far it has come. */
const inItsState: Judge<PlannedDraw> = {
  name: 'draws',
  needs: ({ id }, { keys }) => [
    ['hmget', keys.draw(id), ...DRAW_FIELDS],
    ['zscore', keys.unfinishedDraws, id],
    ['zscore', keys.frozenDraws, id],
    ['get', keys.activeDraw],
    ['hget', keys.freezing, 'draw'],
    ['get', keys.closingDraw],
    ['hgetall', keys.reserves],
    ['llen', keys.drawInput(id)],
    ['llen', keys.drawResult(id)],
    ['hlen', keys.drawPlaces(id)],
    ['hlen', keys.drawOffers(id)],
    ['get', keys.drawNumber],
  ],
  judge({ id, atMs }, replies) {
    const draw = drawOf(id, replies[0]);
    if (!draw) return ['cannot be read'];
    const [isActive = false, isFreezing = false] = replies
      .slice(3, 5)
      .map((reply) => text(reply) === id);
    const [closing, ...closingTypes] = decodeTypes(text(replies[5]));
    const isClosing = closing === id;
    const served = typesInUse(new Map(Object.entries(Fields.parse(replies[6]))), id);
    const [input = 0, result = 0, idleSlots = 0, offers = 0, drawNumber = 0] = replies
      .slice(7)
      .map((reply) => whole(reply ?? 0));
    const frozenAt = text(replies[2]);
    const facts: DrawFacts = {
      ...{ draw, plannedMs: atMs, isUnfinished: text(replies[1]) !== null },
      frozenMs: frozenAt === null ? undefined : Number(frozenAt),
      ...{
        isActive,
        isClosing,
        isFreezing,
        served,
        closingTypes: isClosing ? closingTypes : [],
        input,
        result,
        idleSlots,
        offers,
        drawNumber,
      },
    };
    return drawFaults(facts);
  },
};

function drawOf(id: string, reply: unknown): DrawRecord | undefined {
  const [state, json, ...beside] = texts(reply);
  if (!state || !json) return undefined;
  try {
    const draw = decodeDraw(state, json, ...beside);
    return draw.id === id ? draw : undefined;
  } catch {
    return undefined;
  }
}

/** Every draw that was ever planned. */
export const draws: Invariant = itemInvariant({
  things: 'draws',
  one: 'draw',
  container: 'zset',
  key: ({ keys }) => keys.draws,
  decode: ({ id }, score): PlannedDraw => ({ id, atMs: Number(score) }),
  judges: [inItsState],
});

/** Draws that a worker has something left to do for are draws. */
export const unfinishedDraws = listOfDraws('unfinished draws', 'unfinishedDraws');

/** Draws whose manifest is published are draws. */
export const frozenDraws = listOfDraws('frozen draws', 'frozenDraws');

function listOfDraws(things: string, key: 'unfinishedDraws' | 'frozenDraws'): Invariant {
  return itemInvariant({
    things,
    one: things.replace(/s$/, ''),
    container: 'zset',
    key: ({ keys }) => keys[key],
    decode: ({ id }) => ({ id }),
    judges: [
      {
        name: 'draws',
        needs: ({ id }, { keys }) => [['zscore', keys.draws, id]],
        judge: (_value, [planned]) => (text(planned) === null ? ['was never planned'] : []),
      },
    ],
  });
}
