import type { Language } from '../../base/languages.ts';
import { entryPageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type Html, html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';

/** The page of which entry, and in which language. */
export interface Place {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
}

/** Whose buttons these are. */
export type Acting = Place & { readonly token: string; readonly offerId: string | undefined };

/** A button of the page of an entry. Pure. */
export function actionForm(shown: Acting, action: string, label: string, quiet = false): Html {
  return html`<form method="post" action="${addressOf(shown)}">
${hidden(shown)}
<button type="submit" name="action" value="${action}"${quiet ? html` class="quiet"` : ''}>${label}</button>
</form>`;
}

/** The offer goes along: a button pressed on an old page must not answer a newer offer. Pure. */
export function hidden({ token, offerId }: Acting): Html {
  return html`<input type="hidden" name="token" value="${token}">${offerId === undefined ? '' : html`<input type="hidden" name="offer" value="${offerId}">`}`;
}

/** Where forms about an entry are sent. Pure. */
export function addressOf({ prefecture, entryId, lang }: Place): string {
  return inLanguage(entryPageUrl('', prefecture.id, entryId), lang);
}
