import { Session } from 'node:inspector/promises';
import seedrandom from 'seedrandom';
import { figuresOf } from '../../src/simulator/figures.ts';
import { parsePolicies, parseScenario } from '../../src/simulator/parse-scenario.ts';
import { runReplication } from '../../src/simulator/replication.ts';
import { figureNames } from '../../src/simulator/results.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';

// One replication of the overload model in a process of its own, as simpy_model.py runs it.
// Arguments: policy, draws, warmup, seed, and `profile` to tell where the time goes.
const [policyName = '', draws, warmup, seed = '', mode] = process.argv.slice(2);
const [policy] = parsePolicies([policyName]);
if (!policy) throw new Error('there is a policy');
const overload = { arrivalsPerDraw: 150, slotsPerDraw: 100, abandonPerDraw: 0.1, backlog: 600 };
const scenario = parseScenario({
  name: 'overload',
  draws: Number(draws),
  warmup: Number(warmup),
  requestTypes: { OVERLOAD: overload },
});
const sources = { random: (text: string) => seedrandom(text), sha256: nodeSha256 };

const session = new Session();
session.connect();
if (mode === 'profile') {
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}
const began = performance.now();
const tallies = runReplication(
  { scenario, policy, seed, replication: 0, wantsSeries: false },
  sources,
);
const seconds = (performance.now() - began) / 1000;
const shares = mode === 'profile' ? await readShares() : {};
session.disconnect();
const [tally] = tallies;
if (!tally) throw new Error('there is a request type');
const figures = figuresOf(tally, scenario.draws);
console.log(
  JSON.stringify({
    seconds,
    people: Number(draws) * 150 + 600,
    figures: Object.fromEntries(figureNames.map((name, index) => [name, figures[index]])),
    ...shares,
  }),
);

/** Shares of the time, by the file whose function was running. */
async function readShares() {
  const { profile } = await session.post('Profiler.stop');
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  let [all, sha256, allocator] = [0, 0, 0];
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const { url = '', functionName = '' } = frames.get(id) ?? {};
    const time = profile.timeDeltas?.[index] ?? 0;
    all += time;
    // OpenSSL's part is a native function, which has no file.
    const isHash = functionName === 'oneShotDigest' || url.includes('internal/crypto');
    if (isHash || url.endsWith('node-sha256.ts')) sha256 += time;
    if (url.includes('/src/allocator/')) allocator += time;
  }
  return { sha256Share: sha256 / all, allocatorShare: allocator / all };
}
