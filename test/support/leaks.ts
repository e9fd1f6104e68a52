import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { restartCounters } from './counter.ts';

const watched = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'ProcessWrap', 'MessagePort'];
const patienceMs = 3000;

let before: string[] = [];

function opened(): string[] {
  const left = process.getActiveResourcesInfo().filter((name) => watched.includes(name));
  for (const name of before) {
    const at = left.indexOf(name);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

restartCounters();

beforeAll(() => {
  before = [];
  before = opened();
});

// Set up first, so it runs last, when the file's own hooks have closed what they opened.
afterAll(async () => {
  await setImmediate();
  for (let waitedMs = 0; opened().length > 0 && waitedMs < patienceMs; waitedMs += 50) {
    // A closing socket or child needs a moment that nothing else announces.
    await setTimeout(50);
  }
  const left = opened();
  if (left.length > 0) throw new Error(`this file left open: ${left.join(', ')}`);
});
