import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { checkApplication } from './application.ts';
import { type EnterDeps, type EnteredBy, type EnteredPerson, enterPerson } from './enter.ts';

/** Entries on their way to Redis at once. */
const AT_ONCE = 100;

type Deps = EnterDeps & Pick<UseCaseDeps, 'waker' | 'logger'>;

/** One line of a file, as an editor counts, with who stands in it. */
export interface DeskLine {
  readonly line: number;
  /** Of a party: the lines of all its people. */
  readonly lines?: readonly number[];
  readonly entry: EnteredPerson;
}

export interface DeskResult {
  readonly line: number;
  readonly lines?: readonly number[];
  readonly outcome: 'joined' | 'duplicate' | 'contact_exhausted' | 'document_unknown';
  /** Of a duplicate: the entry that is there already. Null: none was made. */
  readonly id: string | null;
  /** Of a duplicate in a party: whose entry it is. */
  readonly member?: string;
  readonly receipt?: string;
}

/** What became of each, and of how many. */
export interface DeskResults {
  readonly joined: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly results: readonly DeskResult[];
}

/**
 * Enters one person without the means to join online, with the same chances.
 *
 * @throws DomainError as `checkApplication` and `enterPerson`
 */
export async function enterAtDesk(
  deps: Deps,
  prefecture: Prefecture,
  person: EnteredPerson,
  by: EnteredBy,
): Promise<DeskResults> {
  checkApplication(prefecture, person, by.nowMs);
  const entered = await enterPerson(deps, prefecture, person, by);
  return conclude(deps, prefecture.id, [{ line: 1, ...entered }], by);
}

/** Enters the people of a file, checked before: whoever is refused keeps nobody else out. */
export async function enterFile(
  deps: Deps,
  prefecture: Prefecture,
  lines: readonly DeskLine[],
  by: EnteredBy,
): Promise<DeskResults> {
  const results: DeskResult[] = [];
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    const entered = some.map((line) => enterLine(deps, prefecture, line, by));
    results.push(...(await Promise.all(entered)));
  }
  return conclude(deps, prefecture.id, results, by);
}

async function enterLine(
  deps: Deps,
  prefecture: Prefecture,
  { entry, ...of }: DeskLine,
  by: EnteredBy,
): Promise<DeskResult> {
  try {
    return { ...of, ...(await enterPerson(deps, prefecture, entry, by)) };
  } catch (error) {
    const code = error instanceof DomainError ? error.code : undefined;
    if (code !== 'contact_exhausted' && code !== 'document_unknown') throw error;
    return { ...of, outcome: code, id: null };
  }
}

function conclude(
  { waker, logger }: Pick<Deps, 'waker' | 'logger'>,
  prefecture: string,
  results: readonly DeskResult[],
  { by }: EnteredBy,
): DeskResults {
  waker.soon('dispatch', prefecture);
  const count = (wanted: DeskResult['outcome']) =>
    results.filter(({ outcome }) => outcome === wanted).length;
  const counts = { joined: count('joined'), duplicates: count('duplicate') };
  const refused = results.length - counts.joined - counts.duplicates;
  logger.info({ prefecture, agent: by, ...counts, refused }, 'desk entries');
  return { ...counts, refused, results };
}
