import type { IRouter } from 'express';
import { DomainError } from '../../allocator/errors.ts';
import { newEntryId } from '../../identity/ids.ts';
import { keysOfEntry } from '../../store/entry-keys.ts';
import { sitting } from '../../store/sit-out.ts';
import type { EntryRecord, Prefecture } from '../../store/types.ts';
import { addEntry } from '../add-entry.ts';
import { checkApplication } from '../application.ts';
import { type DeskLine, deskEntriesOfCsv } from '../desk-lines.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { enterAtDesk } from '../operations/agents.ts';
import { contactExhausted, mustCheckLater, personMembers } from '../person-keys.ts';
import { signReceipt } from '../receipt.ts';
import type { DeskEntry } from '../schemas/entries.ts';
import { sitOutOf } from '../sit-out.ts';

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
            enter(deps, prefecture, line, { nowMs, agent: agent() }).catch((error) =>
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
  ofPrefecture: Prefecture,
  { line, entry: given }: DeskLine,
  { nowMs, agent }: { readonly nowMs: number; readonly agent: string },
): Promise<DeskResult> {
  const { store, tokens, metrics } = deps;
  const { id: prefecture, settings } = ofPrefecture;
  const checkLater = await mustCheckLater(deps, given.person);
  const { entry: made, former } = newEntry(deps, prefecture, { ...given, checkLater }, nowMs);
  const known = [...keysOfEntry(made).identities, ...former.formerIdentities];
  const sitOut = await sitOutOf(store, ofPrefecture, known);
  const entry = sitOut ? sitting(made, sitOut) : made;
  const { email, phone, webhook, postal } = given.contact;
  const reachable = (email ?? phone ?? webhook ?? postal) !== undefined;
  const added = await addEntry(store, prefecture, entry, nowMs, {
    ...former,
    // An agent who says why lifts the limit.
    ...(given.sharedContact === undefined ? { entriesPerContact: settings.entriesPerContact } : {}),
    ...(checkLater ? { checkAtMs: nowMs } : {}),
    messages: reachable ? [`welcome.${entry.id}.1`] : [],
  });
  const request_type = metrics.requestType(entry.requestType);
  metrics.joins.inc({ outcome: added.outcome, request_type });
  if (added.outcome === 'duplicate') return { line, outcome: 'duplicate', id: added.entry };
  if (added.outcome === 'exhausted') throw contactExhausted(added.contact);
  if (added.outcome !== 'joined') throw new Error(`a desk entry was ${added.outcome}`);
  if (added.flagged) metrics.flags.inc({ outcome: 'raised' });
  const { origin } = entry;
  const entered = { entry: entry.id, origin, contact: given.contact, nowMs };
  deps.signals.entered(prefecture, agent, entered);
  const token = tokens.entryToken(prefecture, entry.id);
  const receipt = signReceipt(deps.signer, prefecture, entry);
  return { line, outcome: 'joined', id: entry.id, token, receipt };
}

/** The agent has seen the document: no code, the entry waits at once. */
function newEntry(
  deps: Pick<RouteDeps, 'vault' | 'identityKeys'>,
  prefecture: string,
  given: DeskEntry & { readonly checkLater: boolean },
  nowMs: number,
) {
  const { requestType, person, contact, language, accepts, origin, checkLater } = given;
  const id = newEntryId();
  const of = { prefecture, requestType, id };
  const { members, former } = personMembers(deps, of, { ...person, ...contact });
  const entry: EntryRecord = {
    id,
    state: 'waiting',
    requestType,
    missed: 0,
    language,
    origin,
    ...members,
    joinedAtMs: nowMs,
    waitingSinceMs: nowMs,
    ...(isByPost(contact) ? { letter: true as const } : {}),
    ...(accepts === undefined ? {} : { accepts }),
    ...(checkLater ? { documentCheck: 'due' } : {}),
  };
  return { entry, former };
}

function isByPost({ email, phone, webhook, postal }: DeskEntry['contact']): boolean {
  return postal !== undefined && (email ?? phone ?? webhook) === undefined;
}
