import type { Keyring } from '../keys/keyring.ts';
import type { Registry } from './directory.ts';
import { openFileRegistry } from './file.ts';
import { createHttpRegistry } from './http.ts';

/** Where AGDREF numbers can be looked up; undefined: nowhere. */
export type RegistrySource =
  | { readonly url: string; readonly token: string }
  | { readonly file: string }
  | undefined;

interface Tools {
  readonly keyring: Keyring;
  readonly clock: () => number;
  readonly onError: (reason: string) => void;
}

/** Opens the registry that the configuration names. */
export async function openRegistry(
  source: RegistrySource,
  tools: Tools,
): Promise<Registry | undefined> {
  if (source === undefined) return undefined;
  if ('file' in source) return openFileRegistry({ ...source, ...tools });
  return createHttpRegistry({ ...source, clock: tools.clock });
}
