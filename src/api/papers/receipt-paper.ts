import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { certificatesPageUrl, checkUrl } from '../../identity/links/page.ts';
import { createDateWriter } from '../../notifications/render/written-dates.ts';
import { createReceiptPaper } from '../../papers/receipt-paper.ts';
import { sealPaper } from '../../papers/seal.ts';
import { signReceipt } from '../../usecases/entries/receipt.ts';
import type { ApiDeps } from '../http/deps.ts';

const written = createDateWriter();

/** The receipt of an entry as a sealed PDF. */
export async function receiptPaper(
  { signer, publicUrl }: Pick<ApiDeps, 'signer' | 'publicUrl'>,
  prefecture: Prefecture,
  entry: EntryRecord,
  nowMs: number,
): Promise<Buffer> {
  const jws = signReceipt(signer, prefecture.id, entry);
  const { joinedAtMs, waitingSinceMs, accepts } = entry;
  const pdf = await createReceiptPaper({
    prefecture: prefecture.settings.labels,
    entry: entry.id,
    requestType: typeLabels(prefecture, entry.requestType),
    joinedAtMs,
    ...(waitingSinceMs === undefined ? {} : { waitingSinceMs }),
    ...(accepts === undefined ? {} : { accepts }),
    siteName: (lang, site) => prefecture.sites.find(({ id }) => id === site)?.labels[lang] ?? site,
    codeAddress: checkUrl(publicUrl(), jws),
    checkAddress: certificatesPageUrl(publicUrl()),
    keyId: signer.current.keyId,
    atMs: nowMs,
    writeDate: dateWriterOf(prefecture),
  });
  return sealPaper(pdf, jws, signer.signJws);
}

/** What people call a request type; its id where it is no longer offered. Pure. */
export function typeLabels({ requestTypes }: Prefecture, type: string) {
  return requestTypes.find(({ id }) => id === type)?.labels ?? { fr: type, en: type };
}

/** Writes instants out in the time zone of a prefecture. */
export function dateWriterOf({ settings }: Prefecture) {
  return (lang: Language, atMs: number) => {
    const { day, time } = written(lang, settings.timeZone, atMs);
    // A line must not end between an hour and its minutes.
    return `${day} ${lang === 'fr' ? 'à' : 'at'} ${time.replaceAll(' ', '\u00a0')}`;
  };
}
