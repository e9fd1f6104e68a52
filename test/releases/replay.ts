import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { APPOINTMENT_STATES } from '#src/domain/appointments/state.ts';
import { ENTRY_STATES } from '#src/domain/entries/state.ts';
import { OFFER_STATES } from '#src/domain/offers/state.ts';
import { runVerify } from '../../scripts/verify/command.ts';
import { createDirectory } from '../scripts/papers.ts';
import { DrawWorld } from '../support/draw-world.ts';
import { hasPython, judgeBatch } from '../support/python.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { type Answer, ask } from '../support/release/answers.ts';
import { restoreRedis } from '../support/release/dump.ts';
import { addressOf, openCast, readRelease, releaseDirectory } from '../support/release/files.ts';
import type { Story } from '../support/release/story.ts';
import { openReleaseWorld, prefecture } from '../support/release/world.ts';

/** The names of draws in the story that ran, whose records a release keeps. */
const recorded = ['void', 'first', 'second'];

export type Release = ReturnType<typeof useRelease>;

/** A release in the Redis of this test file, loaded anew for each test. */
export function useRelease(version: string) {
  const redis = useRedis();
  const { keys, cast } = openCast(version);
  const { save, remove } = createDirectory();
  let close: () => Promise<void> = async () => {};
  afterEach(async () => {
    await close();
    close = async () => {};
  });
  afterAll(remove);
  return {
    version,
    redis,
    save,
    cast,
    read: (name: string) => readRelease(version, name),
    file: (name: string) => join(releaseDirectory(version), name),
    /** The dump in Redis, and the service of today on it. */
    async open(role: 'api' | 'all'): Promise<Story> {
      await restoreRedis(redis, readRelease(version, 'dump.ndjson'));
      const world = await openReleaseWorld({ redisUrl: redisUrl(), keys, nowMs: cast.nowMs, role });
      close = world.close;
      return { world, keys, agents: cast.agents, entries: cast.entries, draws: cast.draws };
    },
  };
}

/** Everything that a release stored can be read, and is what it was. */
export function readsRelease({ version, redis, read, open }: Release): void {
  describe(`what ${version} stored`, () => {
    test('is read: every question has the answer that it had then', {
      timeout: 60_000,
    }, async () => {
      const story = await open('api');
      const expected: Answer[] = JSON.parse(read('answers.json'));
      expect(expected.length).toBeGreaterThan(200);
      for (const answer of expected) {
        // Later releases may add members, and languages; what was said stays.
        expect(await ask(addressOf(story), story, answer)).toMatchObject(answer);
      }
    });

    test('holds every state of an entry, an offer and an appointment, and no fault', async () => {
      const { world, draws } = await open('api');
      const { entries } = await world.store.entries.list(prefecture, { limit: 1000 });
      const offers = await Promise.all(
        Object.values(draws).map((id) => world.store.offers.list(prefecture, id, { limit: 1000 })),
      );
      const all = offers.flatMap((page) => page.offers);
      const present = (states: readonly (string | undefined)[]) => new Set(states);
      expect(present(entries.map(({ state }) => state))).toEqual(new Set(ENTRY_STATES));
      expect(present(all.map(({ state }) => state))).toEqual(new Set(OFFER_STATES));
      const appointments = all.flatMap(({ appointment }) => appointment ?? []);
      expect(present(appointments)).toEqual(
        new Set(APPOINTMENT_STATES.filter((state) => state !== 'revoked')),
      );
      expect(await faultsOf(redis)).toEqual([]);
    });
  });
}

/** Records, register, log and papers of a release are genuine to the checkers of today. */
export function verifiesRelease({ version, read, file }: Release): void {
  const keys = ['--keys', file('jwks.json')];
  const register = ['--register', file('register.ndjson'), '--checkpoint', file('checkpoint.txt')];

  describe(`what ${version} published`, () => {
    test.each(recorded)('verifies, record and register: draw %s', async (name) => {
      const record = file(`records/${name}.ndjson`);
      expect(await runVerify([record, ...register, ...keys])).toMatchObject({ exitCode: 0 });
    });

    test.each(['jws', 'pdf'])('verifies, receipt and certificate: %s', async (form) => {
      const papers = ['--receipt', file(`papers/receipt.${form}`)];
      papers.push('--certificate', file(`papers/certificate.${form}`));
      const record = file('records/second.ndjson');
      const { exitCode, out } = await runVerify([record, ...papers, ...keys]);
      expect({ exitCode, out }).toMatchObject({ exitCode: 0 });
      expect(out).toContain('receipt: entry');
      expect(out).toContain('certificate: signature right');
    });

    test('verifies, proof of one entry and evidence of an abuse report', async () => {
      const proof = [file('records/second.ndjson'), '--proof', file('papers/proof.json')];
      expect(await runVerify(proof)).toMatchObject({ exitCode: 0 });
      const evidence = ['--evidence', file('evidence.ndjson'), ...keys];
      expect(await runVerify(evidence)).toMatchObject({ exitCode: 0 });
    });

    test.skipIf(!hasPython)('verifies for the second verifier', () => {
      const records = recorded.map((name) => linesOf(read(`records/${name}.ndjson`)));
      const verdicts = judgeBatch(records).map(({ verdict }) => verdict);
      expect(verdicts).toEqual(recorded.map(() => 'verified'));
    });
  });
}

/** Whatever is wrong with what is stored now. */
export function faultsOf(redis: Release['redis']): Promise<string[]> {
  return new DrawWorld(redis).faults();
}

/** Lines with their line feeds, as Latin-1: the second verifier is given bytes. */
export function linesOf(text: string): string[] {
  return (
    Buffer.from(text)
      .toString('latin1')
      .match(/[^\n]*\n/g) ?? []
  );
}
