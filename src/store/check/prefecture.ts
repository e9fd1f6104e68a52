import { DRAW_STATES } from '../../domain/draws/state.ts';
import { PREFECTURES_KEY } from '../core/keys.ts';
import { readTallies } from '../core/tallies.ts';
import { decodeTypes } from '../draws/codec.ts';
import { decodePrefecture } from '../prefectures/store.ts';
import { Pass } from '../retention/store.ts';
import { readAtOnce, text, texts } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';
import { wholeInvariant } from './whole.ts';

/** The prefecture itself, what there is one of, and what names a draw. */
export const prefecture: Invariant = wholeInvariant(
  'prefectures',
  'prefecture',
  async (context) => [...(await ownFaults(context)), ...(await pointerFaults(context))],
);

async function ownFaults({ redis, keys, prefecture: id }: CheckContext): Promise<string[]> {
  // Of no prefecture, so perhaps on another node.
  const isListed = (await redis.sismember(PREFECTURES_KEY, id)) === 1;
  const replies = await readAtOnce(redis, [
    ['get', keys.prefecture],
    ['exists', keys.paused],
    ['get', keys.retention],
    ['exists', keys.freezing],
    ['exists', keys.before],
  ]);
  const raw = text(replies[0]);
  if (raw === null) return ['the prefecture is not there'];
  const [, isPaused, pass, isFreezing, hasBefore] = replies;
  const faults = isListed ? [] : ['the prefecture is not in the list of prefectures'];
  const own = read(() => decodePrefecture(id, raw));
  if (!own) faults.push('the prefecture cannot be read');
  else if ((own.paused !== undefined) !== (isPaused === 1)) {
    faults.push('the kill switch stands otherwise than the prefecture says');
  }
  const passText = text(pass);
  if (passText !== null && !read(() => Pass.parse(JSON.parse(passText)))) {
    faults.push('the pass of retention cannot be read');
  }
  if (hasBefore === 1 && isFreezing === 0) faults.push('a freeze that has ended left what it kept');
  if (!(await readTallies(redis, id).catch(() => undefined))) faults.push('tallies cannot be read');
  return faults;
}

/** Each key that names a draw names one that can be meant. */
async function pointerFaults({ redis, keys }: CheckContext): Promise<string[]> {
  const [active, closing, freezing, reserves] = await readAtOnce(redis, [
    ['get', keys.activeDraw],
    ['get', keys.closingDraw],
    ['hget', keys.freezing, 'draw'],
    ['hvals', keys.reserves],
  ]);
  const named = [
    ['active', text(active)],
    ['closing', decodeTypes(text(closing))[0] ?? null],
    ['freezing', text(freezing)],
    ...[...new Set(texts(reserves))].map((id) => ['published', id] as const),
  ] as const;
  const faults: string[] = [];
  for (const [name, id] of named) {
    if (id === null) continue;
    // Draws are never removed.
    const state = await redis.hget(keys.draw(id), 'state');
    const isDraw = DRAW_STATES.some((known) => known === state);
    if (!isDraw) faults.push(`the ${name} draw ${id} is not there`);
  }
  return faults;
}

function read<Value>(decode: () => Value): Value | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
