import type { z } from 'zod';
import type { FlaggedSet, Settlement } from '../../domain/flags/flagged-set.ts';
import { documentsOf } from '../../identity/person/people.ts';
import type { OpenedPerson } from '../../usecases/flags/open.ts';
import type { Frozen } from '../http/route.ts';
import { instant } from '../http/schemas.ts';
import type { FlaggedSetView, OpenedSet } from './schemas.ts';

/** Entries that may be one person, without personal data. Pure. */
export function flagView({
  id,
  entries,
  clues,
  atMs,
  settled,
}: FlaggedSet): z.infer<typeof FlaggedSetView> {
  return {
    id,
    entries: [...entries],
    clues: [...clues],
    at: instant(atMs),
    settled: settled ? settlementView(settled) : null,
  };
}

/** Whose entry it is. Pure. */
export function personView({
  entry,
  person,
}: OpenedPerson): Frozen<z.infer<typeof OpenedSet>>['people'][number] {
  const { name, birthDate = null, email = null, phone = null } = person;
  const others = person.others?.map((other) => {
    return {
      name: other.name,
      birthDate: other.birthDate ?? null,
      documents: documentsOf(other),
    };
  });
  const own = { entry, name, birthDate, documents: documentsOf(person), email, phone };
  return others ? { ...own, others } : own;
}

function settlementView({ decision, keep, reason, agent, atMs }: Settlement) {
  return { decision, keep: keep ?? null, reason, agent, at: instant(atMs) };
}
