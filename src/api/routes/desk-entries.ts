import type { IRouter } from 'express';
import { newEntryId } from '../../identity/ids.ts';
import { personContext } from '../../identity/person-context.ts';
import { sitting } from '../../store/sit-out.ts';
import type { EntryRecord, Prefecture } from '../../store/types.ts';
import { addEntry } from '../add-entry.ts';
import { checkApplication } from '../application.ts';
import { type DeskLine, deskEntriesOfCsv } from '../desk-lines.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { enterAtDesk } from '../operations/agents.ts';
import { signReceipt } from '../receipt.ts';
import type { DeskEntry } from '../schemas/entries.ts';
import { sitOutOf } from '../sit-out.ts';

/** Entries on their way to Redis at once. */
const AT_ONCE = 100;

interface DeskResult {
  readonly line: number;
  readonly outcome: 'joined' | 'duplicate';
  readonly id: string;
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
        ...(await Promise.all(some.map((line) => enter(deps, prefecture, line, nowMs)))),
      );
    }
    waker.soon('dispatch', prefecture.id);
    const joined = results.filter(({ outcome }) => outcome === 'joined');
    note(joined.map(({ id }) => id));
    const counts = { joined: joined.length, duplicates: results.length - joined.length };
    logger.info({ prefecture: prefecture.id, agent: agent(), ...counts }, 'desk entries');
    res.json({ ...counts, results });
  });
}

async function enter(
  deps: RouteDeps,
  ofPrefecture: Prefecture,
  { line, entry: given }: DeskLine,
  nowMs: number,
): Promise<DeskResult> {
  const { store, tokens, metrics } = deps;
  const prefecture = ofPrefecture.id;
  const made = newEntry(deps, prefecture, given, nowMs);
  const sitOut = await sitOutOf(store, ofPrefecture, made.identity);
  const entry = sitOut ? sitting(made, sitOut) : made;
  const { email, phone, webhook } = given.contact;
  const reachable = (email ?? phone ?? webhook) !== undefined;
  const messages = reachable ? [`welcome.${entry.id}.1`] : [];
  const added = await addEntry(store.entries, prefecture, entry, nowMs, { messages });
  const request_type = metrics.requestType(entry.requestType);
  metrics.joins.inc({ outcome: added.outcome, request_type });
  if (added.outcome === 'duplicate') return { line, outcome: 'duplicate', id: added.entry };
  if (added.outcome !== 'joined') throw new Error(`a desk entry was ${added.outcome}`);
  const token = tokens.entryToken(prefecture, entry.id);
  const receipt = signReceipt(deps.signer, prefecture, entry);
  return { line, outcome: 'joined', id: entry.id, token, receipt };
}

/** The agent has seen the document: no code, the entry waits at once. */
function newEntry(
  { vault, identityKeys }: Pick<RouteDeps, 'vault' | 'identityKeys'>,
  prefecture: string,
  { requestType, person, contact, language, accepts, origin }: DeskEntry,
  nowMs: number,
): EntryRecord {
  const id = newEntryId();
  return {
    id,
    state: 'waiting',
    requestType,
    missed: 0,
    language,
    origin,
    identity: identityKeys.keyOf(prefecture, requestType, person.document, person.name),
    sealed: vault.seal({ ...person, ...contact }, personContext(prefecture, id)),
    joinedAtMs: nowMs,
    waitingSinceMs: nowMs,
    ...(accepts === undefined ? {} : { accepts }),
  };
}
