import { benchAllocator, describeAllocator } from './allocator.ts';
import { benchHard } from './hard.ts';
import { benchJoin } from './join.ts';
import { benchMatching } from './matching.ts';
import { benchMemory } from './memory.ts';
import { benchNotifications, describeNotifications } from './notifications.ts';
import { benchService, describeService } from './service-scale.ts';
import { benchSimulator } from './simulator.ts';

// `make bench`: everything that is measured, one line each. Ratios are to a floor or a peer in the
// same run; absolute figures say something about this machine only.
// Arguments: names of benchmarks to run; all without.
const benches: Record<string, (say: (line: string) => void) => Promise<string>> = {
  join: async (say) => {
    const { api, floor, ratio } = await benchJoin(say);
    return (
      `joins: ${api.toFixed(0)}/s through the whole API, durable (appendfsync always), ` +
      `${ratio.toFixed(2)} of the floor of ${floor.toFixed(0)}/s (aim 0.6)`
    );
  },
  memory: async () => {
    const { entries, bytesPerEntry } = await benchMemory();
    return (
      `memory: ${bytesPerEntry.toFixed(0)} bytes of Redis per waiting entry, all told ` +
      `(${entries} entries, aim 700)`
    );
  },
  draw: async (say) => {
    const small = await benchAllocator();
    say(describeAllocator(small));
    const large = await benchAllocator(1_000_000, 3);
    const growth = large.drawSeconds / small.drawSeconds;
    return (
      `${describeAllocator(small)}\n${describeAllocator(large)} ` +
      `(limits 3 times and 2560 MiB, aim 2), ${growth.toFixed(1)} times as long as 100,000 (limit 12)`
    );
  },
  parties: async (say) => {
    const singles = await benchAllocator(1_000_000, 3);
    say(describeAllocator(singles));
    const parties = await benchAllocator(1_000_000, 3, true);
    const times = parties.drawSeconds / singles.drawSeconds;
    return (
      `${describeAllocator(parties)}; ${times.toFixed(2)} times as long as without parties (limit 1.3), ` +
      `memory ${(parties.peakMebibytes / singles.peakMebibytes).toFixed(2)} times`
    );
  },
  matching: (say) => benchMatching(say),
  hard: async (say) => benchHard(say),
  notifications: async (say) => describeNotifications(await benchNotifications(say)),
  simulator: (say) => benchSimulator(say),
  service: async (say) => describeService(await benchService(say)),
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
const results: string[] = [];
for (const name of wanted) {
  const bench = benches[name];
  if (!bench) {
    console.error(`no benchmark ${name}: ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  console.error(`measuring ${name}`);
  results.push(await bench((line) => console.error(line)));
}
for (const result of results) console.log(result);
