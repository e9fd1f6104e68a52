import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type EnteredBy, enterPerson } from '../../usecases/entries/enter.ts';
import { enterAtDesk } from '../agents/operations.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { checkApplication } from './application.ts';
import { type DeskLine, deskEntriesOfCsv } from './desk-lines.ts';

/** Entries on their way to Redis at once. */
const AT_ONCE = 100;

interface DeskResult {
  readonly line: number;
  readonly outcome: 'joined' | 'duplicate' | 'contact_exhausted' | 'document_unknown';
  readonly id: string | null;
  readonly token?: string;
  readonly receipt?: string;
}

/** `POST desk-entries`: people without the means to join online, with the same chances. */
export function mountDeskEntries(router: IRouter, deps: RouteDeps): void {
  const { waker, logger } = deps;

  mount(router, deps, enterAtDesk, async ({ res, prefecture, body, csv, nowMs, agent, note }) => {
    if (csv === undefined) checkApplication(prefecture, body);
    const lines =
      csv === undefined ? [{ line: 1, entry: body }] : await deskEntriesOfCsv(prefecture, csv);

    const results: DeskResult[] = [];
    for (let at = 0; at < lines.length; at += AT_ONCE) {
      const some = lines.slice(at, at + AT_ONCE);
      results.push(
        ...(await Promise.all(
          some.map((line) =>
            enter(deps, prefecture, line, { nowMs, by: agent() }).catch((error) =>
              // The one of a request is refused; of a file the others are taken all the same.
              csv === undefined ? Promise.reject(error) : refusedLine(line, error),
            ),
          ),
        )),
      );
    }
    waker.soon('dispatch', prefecture.id);
    const count = (wanted: DeskResult['outcome']) =>
      results.filter(({ outcome }) => outcome === wanted).length;
    const counts = { joined: count('joined'), duplicates: count('duplicate') };
    const refused = results.length - counts.joined - counts.duplicates;
    note(results.flatMap(({ outcome, id }) => (outcome === 'joined' && id !== null ? [id] : [])));
    const told = { prefecture: prefecture.id, agent: agent(), ...counts, refused };
    logger.info(told, 'desk entries');
    res.json({ ...counts, refused, results });
  });
}

function refusedLine({ line }: DeskLine, error: unknown): DeskResult {
  const code = error instanceof DomainError ? error.code : undefined;
  if (code !== 'contact_exhausted' && code !== 'document_unknown') throw error;
  return { line, outcome: code, id: null };
}

async function enter(
  deps: RouteDeps,
  prefecture: Prefecture,
  { line, entry }: DeskLine,
  by: EnteredBy,
): Promise<DeskResult> {
  return { line, ...(await enterPerson(deps, prefecture, entry, by)) };
}
