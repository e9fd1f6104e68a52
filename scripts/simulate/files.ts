import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal, reasonOf } from './refusal.ts';

/** A file to write. */
export interface Wanted {
  readonly path: string;
  readonly text: string;
}

/** Makes sure that no option names the file of another, by whatever path. @throws Refusal */
export async function checkDistinct(
  named: readonly { readonly option: string; readonly path: string }[],
): Promise<void> {
  const seen = new Map<string, string>();
  for (const { option, path } of named) {
    const real = await realPath(path);
    const other = seen.get(real);
    if (other !== undefined) throw new Refusal(`${option}: must not be the file of ${other}`);
    seen.set(real, option);
  }
}

/** Where a path leads, whether or not there is a file yet. */
async function realPath(path: string): Promise<string> {
  const missing = () => undefined;
  const whole = await realpath(path).catch(missing);
  if (whole !== undefined) return whole;
  return join(
    (await realpath(dirname(path)).catch(missing)) ?? resolve(dirname(path)),
    basename(path),
  );
}

/** Makes sure that files can be written there, before the work begins. @throws Refusal */
export async function checkWritable(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    // A device or a folder would be replaced, not written to.
    if (found && !found.isFile()) throw new Refusal(`${path}: must be a file, or not exist`);
    await access(dirname(path), constants.W_OK).catch((error: unknown) => {
      throw new Refusal(`${path}: cannot be written (${reasonOf(error)})`, { cause: error });
    });
  }
}

/** Writes all files or none: beside their places first, then moved there. @throws Refusal */
export async function writeFiles(files: readonly Wanted[]): Promise<void> {
  const drafts: { draft: string; path: string }[] = [];
  try {
    for (const { path, text } of files) {
      const draft = `${path}.${process.pid}.tmp`;
      await writeDraft(path, draft, text);
      drafts.push({ draft, path });
    }
    for (const { draft, path } of drafts) await rename(draft, path);
  } catch (error) {
    await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true })));
    throw error;
  }
}

async function writeDraft(path: string, draft: string, text: string): Promise<void> {
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(draft, { force: true });
    throw new Refusal(`${path}: cannot be written (${reasonOf(error)})`, { cause: error });
  }
}
