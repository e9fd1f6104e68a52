import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { isGivenUp } from '../../domain/draws/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type Queues, wake } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import { type ClockDeps, isClockOff } from './clock.ts';
import {
  type DrawDeps,
  drawWinners,
  freezeDraw,
  type Progress,
  publishDraw,
  unwindDraw,
} from './steps.ts';

/** Steps of one job at most: then it asks for the next one. */
const stepsPerJob = 200;

export interface AdvanceDeps extends DrawDeps {
  readonly store: DrawDeps['store'] & Pick<Store, 'prefectures'>;
  readonly queues: DrawDeps['queues'] & Pick<Queues, 'register'>;
  readonly logger: DrawDeps['logger'] & ClockDeps['logger'];
}

/**
 * Takes every draw of a prefecture that has something to do as far as it goes, oldest first. Safe
 * to repeat after a crash at any line. While the prefecture is paused, or this machine's clock is off, only
 * draws that were given up are unwound.
 *
 * @throws DomainError `prefecture_not_found`
 */
export async function advanceDraws(deps: AdvanceDeps, prefectureId: string): Promise<void> {
  const { store } = deps;
  for (let step = 0; step < stepsPerJob; step += 1) {
    const prefecture = await store.prefectures.get(prefectureId);
    if (!prefecture) throw new DomainError('prefecture_not_found', `no ${prefectureId}`);
    const unfinished = await store.draws.unfinished(prefectureId, deps.clock());
    const mayDraw = !prefecture.paused && !(await isClockOff(deps, prefectureId));
    const due = unfinished.filter(({ state }) => isGivenUp(state) || mayDraw);
    // What was given up goes first: its places then take part in the next draw.
    const draw = due.find(({ state }) => isGivenUp(state)) ?? due.find(isBegun) ?? due[0];
    if (!draw) return;
    const progress = await advance(deps, prefecture, draw);
    // What a step made public is signed at once, not when the draw is over.
    await wake(deps.queues, 'register', prefectureId);
    if (progress === 'waiting') return;
  }
  await wake(deps.queues, 'draws', prefectureId);
}

/** A draw that has begun is ended before another one begins. */
function isBegun(draw: DrawRecord): boolean {
  return draw.state !== 'scheduled';
}

async function advance(
  deps: AdvanceDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  try {
    return await stepOf(deps, prefecture, draw);
  } catch (error) {
    // An agent gave it up under our hands: look again.
    const now = await deps.store.draws.get(prefecture.id, draw.id);
    if (error instanceof DomainError && now && isGivenUp(now.state) && !isGivenUp(draw.state)) {
      return 'advanced';
    }
    throw error;
  }
}

function stepOf(deps: AdvanceDeps, prefecture: Prefecture, draw: DrawRecord): Promise<Progress> {
  if (isGivenUp(draw.state)) return unwindDraw(deps, prefecture, draw);
  if (draw.state === 'scheduled') return freezeDraw(deps, prefecture, draw);
  if (draw.state === 'frozen') return drawWinners(deps, prefecture, draw);
  if (draw.state === 'drawn') return publishDraw(deps, prefecture, draw);
  throw new Error(`draw ${draw.id} is ${draw.state} and has nothing left to do`);
}
