import { SOURCE_LANGUAGE } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { certificatesPageUrl, checkUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelled, labelOf } from '../../domain/values.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { peopleIn } from '../../identity/person/people.ts';
import { createReceiptPaper } from '../../papers/receipt-paper.ts';
import { sealPaper } from '../../papers/seal.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { UseCaseDeps } from '../deps.ts';
import { openPeople } from '../entries/party-people.ts';
import { signReceipt } from '../entries/receipt.ts';
import { dateWriterOf, type PrintedPaper, typeLabels } from './printed.ts';

/** The receipt of an entry as a sealed PDF. */
export async function printReceipt(
  { signer, publicUrl, vault }: Pick<UseCaseDeps, 'signer' | 'publicUrl' | 'vault'>,
  prefecture: Prefecture,
  entry: EntryRecord,
  nowMs: number,
): Promise<PrintedPaper> {
  const jws = signReceipt(signer, prefecture.id, entry);
  const { joinedAtMs, waitingSinceMs, accepts } = entry;
  const pdf = await createReceiptPaper({
    prefecture: prefecture.settings.labels,
    entry: entry.id,
    requestType: typeLabels(prefecture, entry.requestType),
    names: entry.party ? namesOf(vault, prefecture.id, entry) : [],
    joinedAtMs,
    ...(waitingSinceMs === undefined ? {} : { waitingSinceMs }),
    ...(accepts === undefined ? {} : { accepts }),
    siteName: (lang, site) =>
      labelOf(prefecture.sites.find(({ id }) => id === site)?.labels ?? labelled(site), lang),
    codeAddress: checkUrl(publicUrl(), jws),
    checkAddress: certificatesPageUrl(publicUrl()),
    keyId: signer.current.keyId,
    atMs: nowMs,
    writeDate: dateWriterOf(prefecture),
  });
  const name = textsOf('papers', SOURCE_LANGUAGE)('receipt.file', { entry: entry.id });
  return { name, pdf: await sealPaper(pdf, jws, signer.signJws) };
}

function namesOf(vault: Pick<Vault, 'open'>, prefecture: string, entry: EntryRecord): string[] {
  return peopleIn(openPeople({ vault }, prefecture, entry)).map(({ name }) => name);
}
