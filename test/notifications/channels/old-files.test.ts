import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeOldFiles } from '#src/notifications/channels/old-files.ts';

test('old messages and letters go, all else in the folder stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tirage-old-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const add = async (name: string, seconds: number) => {
    await writeFile(join(folder, name), 'x');
    await utimes(join(folder, name), seconds, seconds);
  };
  for (const name of ['a.eml', 'b.pdf', '.c.tmp', 'keys.json']) await add(name, 1000);
  await add('new.eml', 3000);
  await mkdir(join(folder, 'folder.eml'));

  expect(await removeOldFiles(folder, 2_000_000)).toBe(3);
  expect((await readdir(folder)).sort()).toEqual(['folder.eml', 'keys.json', 'new.eml']);
  expect(await removeOldFiles(folder, 2_000_000)).toBe(0);
  expect(await removeOldFiles(join(folder, 'absent'), 2_000_000)).toBe(0);
});
