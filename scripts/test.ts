import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import type { TestModule, TestState } from 'vitest/node';
import { parseCLI, startVitest } from 'vitest/node';

/** The suite that needs a Docker API. */
const containers = 'test/containers';
/** Whole services and programs, browsers, containers, PDFs, long searches. Left out with FAST=1. */
const slow = [
  ...['test/e2e/**', `${containers}/**`, 'test/**/*.browser.test.ts'],
  ...['test/{scripts,examples,releases,simulator,stories}/**', 'test/golden/service.test.ts'],
  ...['test/api/http/{access,fuzz,marked-data}.test.ts', 'test/api/papers/**'],
  ...['test/api/draws/weaker.test.ts', 'test/store/check/**', 'test/store/entries/memory.test.ts'],
  'test/store/draws/{crash,model}.test.ts',
  'test/allocator/record/{second-verifier,verify-2,verify-tampering}.test.ts',
];
const isFast = process.env.FAST === '1';

// Arguments are vitest's own: paths to run, `-t title`, `--maxWorkers 1`…
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
if (!process.env.REDIS_URL && spawnSync('redis-server', ['--version']).error) {
  console.error(
    'the tests need a Redis: install redis-server (Debian: apt install redis-server) or set REDIS_URL',
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const docker = isFast
  ? false
  : await dockerAnswers(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock');
if (isFast) {
  console.log(`skipped, by FAST=1: ${slow.join(', ')}`);
} else if (!docker && process.env.TIRAGE_CONTAINERS === 'required') {
  console.error(`${containers} must run here, but no Docker API answers at DOCKER_HOST`);
  console.log('0 passed, 1 failed');
  process.exit(1);
} else if (!docker) {
  console.log(`skipped: ${containers} (no Docker API at DOCKER_HOST or /var/run/docker.sock)`);
}

const leftOut = isFast ? slow : docker ? [] : [`${containers}/**`];
const vitest = await startVitest(
  filter,
  { ...options, watch: false },
  { test: { exclude: ['**/node_modules/**', ...leftOut] } },
);
const modules = vitest.state.getTestModules();
const errors = vitest.state.getUnhandledErrors().length;
await vitest.close();

const count = countTests(modules);
// A file that could not be read, or left something open, failed even if each of its tests passed.
const named = count.failed + brokenFiles(modules) + errors;
// Vitest refuses some runs without a test to blame: no test found, a setup that failed.
const failed = named === 0 && process.exitCode ? 1 : named;
const skipped = count.skipped + count.pending;
console.log(`${count.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);

function countTests(modules: readonly TestModule[]): Record<TestState, number> {
  const count: Record<TestState, number> = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) count[test.result().state] += 1;
  }
  return count;
}

function brokenFiles(modules: readonly TestModule[]): number {
  return modules.filter(
    (module) => !module.ok() && module.children.allTests('failed').next().done === true,
  ).length;
}

/** Whether a Docker API answers at `unix:///path` or `tcp://host:port`. */
async function dockerAnswers(host: string): Promise<boolean> {
  const { protocol, hostname, port, pathname } = new URL(host);
  if (protocol === 'unix:' && !existsSync(pathname)) return false;
  const socket =
    protocol === 'unix:' ? connect(pathname) : connect({ host: hostname, port: Number(port) });
  socket.setTimeout(2000, () => socket.destroy());
  socket.write('GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n');
  try {
    for await (const chunk of socket) return String(chunk).startsWith('HTTP/1.');
  } catch {
    // Refused: nothing answers there.
  } finally {
    socket.destroy();
  }
  return false;
}
