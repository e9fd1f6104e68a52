import { jcs } from '../../src/allocator/jcs.ts';
import { manifestHash } from '../../src/allocator/manifest.ts';
import { nodeSha256 } from '../../src/node-sha256.ts';
import type { Certificate, Receipt } from './claims.ts';
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
export function checkCertificate(certificate: Certificate, { draw }: CheckedDraw): string {
  const { manifest, ranking } = draw;
  const stated = certificate.draws.find((candidate) => candidate.draw === manifest.draw);
  if (!stated || certificate.prefecture !== manifest.prefecture) {
    return 'certificate: does not speak of the draw of this record';
  }
  const hash = manifestHash(manifest, nodeSha256);
  if (stated.manifestHash !== hash) differ('has another manifest', 'certificate');
  const rank = ranking.indexOf(certificate.entry) + 1;
  if (stated.rank !== rank || stated.entries !== ranking.length) {
    const actual = rank === 0 ? 'not in it' : `rank ${rank} of ${ranking.length}`;
    differ(`has rank ${stated.rank} of ${stated.entries}, the record: ${actual}`, 'certificate');
  }
  return `certificate: rank ${rank} of ${ranking.length} in draw ${manifest.draw}, as in the record`;
}

function differ(message: string, paper = 'receipt'): never {
  throw new Refusal(1, `${paper}: ${message}`);
}
