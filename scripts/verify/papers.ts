import { manifestHash } from '../../src/allocator/record/manifest.ts';
import { jcs } from '../../src/base/jcs.ts';
import type { Certificate, MissedDraw, Receipt } from '../../src/papers/claims.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import type { CheckedDraw } from './observed.ts';
import { Refusal } from './refusal.ts';

/**
 * Holds a receipt against a draw that was verified, and says in a sentence what was found.
 *
 * @throws Refusal 1 where the record is not what the receipt promises.
 */
export function checkReceipt(receipt: Receipt, { draw }: CheckedDraw): string {
  const { manifest } = draw;
  const { entry: id, prefecture, waitingSince } = receipt;
  if (manifest.prefecture !== prefecture) {
    differ(`is of prefecture ${prefecture}, the record of ${manifest.prefecture}`);
  }
  const entry = draw.entries.find((candidate) => candidate.id === id);
  const isExpected = waitingSince !== undefined && waitingSince <= manifest.frozenAt;
  if (!entry) {
    if (!isExpected) return `receipt: entry ${id} is not expected in this draw, and is not in it`;
    differ(
      `entry ${id} waits since ${waitingSince}, but is not in the draw frozen at ` +
        `${manifest.frozenAt}: ask whether it was withdrawn or held an offer then`,
    );
  }
  if (entry.requestType !== receipt.requestType) {
    differ(`entry ${id} is of ${receipt.requestType}, in the record of ${entry.requestType}`);
  }
  const partySince = receipt.partySince ?? receipt.joinedAt;
  const hasParties = manifest.algorithm !== 'lottery/v1' && partySince <= manifest.frozenAt;
  if (hasParties && entry.party !== receipt.party) {
    const [shown, stated] = [entry.party ?? 1, receipt.party ?? 1];
    differ(`entry ${id} is of ${stated} people, in the record of ${shown}`);
  }
  const acceptsSince = receipt.acceptsSince ?? receipt.joinedAt;
  if (acceptsSince > manifest.frozenAt) {
    return (
      `receipt: entry ${id} is in the record; what it accepts was set after the freeze ` +
      'and cannot be compared'
    );
  }
  const accepts = entry.accepts && nodeSha256.hex(jcs(entry.accepts));
  if (accepts !== receipt.accepts) {
    differ(`entry ${id} accepts something else in the record than when the receipt was given`);
  }
  return `receipt: entry ${id} is in the record, unchanged`;
}

/**
 * Holds a certificate against a draw that was verified, and says in a sentence what was found.
 *
 * @throws Refusal 1 where the certificate is not what the record shows.
 */
export function checkCertificate(certificate: Certificate, checked: CheckedDraw): string {
  const { manifest } = checked.draw;
  const stated = certificate.draws.find((candidate) => candidate.draw === manifest.draw);
  if (!stated || certificate.prefecture !== manifest.prefecture) {
    return 'certificate: does not speak of the draw of this record';
  }
  const hash = manifestHash(manifest, nodeSha256);
  if (stated.manifestHash !== hash) differ('has another manifest', 'certificate');
  const shown = shownBy(checked, certificate, stated);
  const wrong = Object.entries(shown).find(
    ([member, value]) => stated[member as keyof MissedDraw] !== value, // of the members shown
  );
  if (wrong) {
    const [member, value] = wrong;
    const said = stated[member as keyof MissedDraw];
    differ(`has ${member} ${said ?? 'left out'}, the record ${value ?? 'has none'}`, 'certificate');
  }
  const since = offersOf(checked, certificate).length > 0 ? '; a place was offered later' : '';
  return (
    `certificate: rank ${stated.rank} of ${stated.entries} in draw ${manifest.draw}, no place, as in ` +
    `the record${since}${isVoid(checked) && !stated.void ? '; declared VOID since' : ''}`
  );
}

/** What the record shows of all that can be compared. */
function shownBy(
  checked: CheckedDraw,
  certificate: Certificate,
  stated: MissedDraw,
): Partial<MissedDraw> {
  const { manifest, entries, slots, ranking, winners } = checked.draw;
  const { entry: id, requestType, iat } = certificate;
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) differ(`entry ${id} is not in the record`, 'certificate');
  if (entry.requestType !== requestType) {
    differ(`entry ${id} is of ${entry.requestType} in the record`, 'certificate');
  }
  const offered = offersOf(checked, certificate).some(({ at }) => Date.parse(at) / 1000 <= iat);
  if (offered || winners.some((winner) => winner.entry === id)) {
    differ(`entry ${id} was offered a place in the record`, 'certificate');
  }
  const serving = slots.filter(({ requestTypes }) => requestTypes.includes(requestType));
  return {
    frozenAt: manifest.frozenAt,
    rank: ranking.indexOf(id) + 1,
    entries: entries.length,
    waiting: entries.filter((other) => other.requestType === requestType).length,
    places: serving.reduce((sum, { capacity }) => sum + capacity, 0),
    strength: manifest.entropy.source === 'drand' ? 'public_beacon' : 'weaker',
    // A draw can be declared void after a certificate was made, not before a record says so.
    ...(stated.void && !isVoid(checked) ? { void: undefined } : {}),
  };
}

function offersOf({ events }: CheckedDraw, { entry }: Certificate) {
  return events.filter(({ event }) => event.type === 'refilled' && event.entry === entry);
}

function isVoid({ events }: CheckedDraw): boolean {
  return events.at(-1)?.event.type === 'void';
}

function differ(message: string, paper = 'receipt'): never {
  throw new Refusal(1, `${paper}: ${message}`);
}
