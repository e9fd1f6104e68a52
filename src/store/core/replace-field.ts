import type { Connection } from './redis.ts';
import { Script, WriteWord } from './script.ts';

const script = new Script(
  'core/replace-field.lua',
  { keys: ['hash'], args: ['field before after'] },
  WriteWord,
);

/** Replaces a field of a hash, if its text is still the one that was read. Atomic. */
export function replaceField(
  redis: Connection,
  hash: string,
  field: string,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<WriteWord> {
  return script.run(redis, { hash }, { field, before, after });
}
