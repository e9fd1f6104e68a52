import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import type { Entry, Slot } from '#src/allocator/types.ts';
import { tieManifest } from '#src/usecases/draws/tie-manifest.ts';
import { AllocationThread } from '#src/workers/allocation/allocation.ts';

const allocation = new AllocationThread();
afterAll(() => allocation.close());

const secret = 'ab'.repeat(32);
const entropy = { source: 'operator', commitment: 'cd'.repeat(32) } as const;

function pool(entries: number, slots: number) {
  return {
    entries: Array.from({ length: entries }, (_, n): Entry => {
      const accepts = n % 3 === 0 ? { accepts: { sites: [`site${n % 4}`] } } : {};
      return {
        id: `e${String(n).padStart(6, '0')}`,
        requestType: `type${n % 5}`,
        missed: n % 7,
        ...accepts,
      };
    }),
    slots: Array.from({ length: slots }, (_, n): Slot => {
      const time = `${String(9 + (n % 8)).padStart(2, '0')}:00:00+01:00`;
      const day = String(1 + (n % 28)).padStart(2, '0');
      const start = `2027-01-${day}T${time}`;
      const requestTypes = [`type${n % 5}`, `type${(n + 1) % 5}`];
      return {
        id: `s${String(n).padStart(6, '0')}`,
        site: `site${n % 4}`,
        start,
        capacity: 2,
        requestTypes,
      };
    }).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

async function freeze({ entries, slots }: ReturnType<typeof pool>) {
  const frozenAtMs = Date.parse('2026-12-01T08:00:00Z');
  const of = { draw: 'd1', prefecture: '92', frozenAtMs, rules: {}, slots };
  const { pool: frozen, parts } = await allocation.freeze(of, entries);
  return { parts: [tieManifest(frozen, { entropy }).line, ...parts] };
}

test('the work is done in another thread', async () => {
  expect(await allocation.whereami()).not.toBe(threadId);
});

test('a draw of 100,000 entries leaves the event loop free', async () => {
  const crowd = pool(100_000, 5000);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let done = false;
  let answered = 0;
  const pings = (async () => {
    for (; !done; answered += 1) await setImmediate();
  })();
  delay.enable();
  const { parts: input } = await freeze(crowd);
  const beforeDraw = answered;
  const drawn = await allocation.draw({ input, entropy: { secret } });
  const duringDraw = answered - beforeDraw;
  delay.disable();
  done = true;
  await pings;
  expect(drawn.statistics).toMatchObject({ entries: 100_000, places: 10_000, drawn: 10_000 });
  expect(duringDraw).toBeGreaterThan(100);
  // Locks are renewed every 15 seconds. Other processes of the machine may cost us a while too.
  expect(delay.max / 1e6).toBeLessThan(1000);
}, 60_000);

test('a refused input is refused here as it is there', async () => {
  const { entries, slots } = pool(2, 1);
  const twice = { entries: [...entries, ...entries], slots };
  await expect(freeze(twice)).rejects.toThrow();
});

test('work that is under way when the thread is closed is given up', async () => {
  const own = new AllocationThread();
  const { parts: input } = await freeze(pool(20_000, 1000));
  const under = own.draw({ input, entropy: { secret } });
  const given = expect(under).rejects.toThrow();
  await own.close();
  await given;
});
