import { readdir, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** What messages and letters become, where they become files. */
const EXTENSIONS = new Set(['.eml', '.pdf', '.tmp']);

/** Files looked at by one call: a folder may have gathered very many. */
const MOST_FILES = 10_000;

/**
 * Removes messages and letters that were written to a folder before an instant, and nothing else
 * there. Safe to repeat, and beside whoever writes. A folder that is missing is empty. Returns how
 * many it removed.
 */
export async function removeOldFiles(directory: string, beforeMs: number): Promise<number> {
  const names = await readdir(directory).catch(absent(() => []));
  let removed = 0;
  for (const name of names.filter((one) => EXTENSIONS.has(extname(one))).slice(0, MOST_FILES)) {
    const file = join(directory, name);
    const found = await stat(file).catch(absent(() => undefined));
    if (!found?.isFile() || found.mtimeMs >= beforeMs) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

/** Somebody else was faster: not an error. */
function absent<Value>(value: () => Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value();
    throw error;
  };
}
