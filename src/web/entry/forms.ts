import type { Language } from '../../base/languages.ts';
import { IMPEDIMENTS } from '../../domain/absences/rule.ts';
import { entryPageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { type Html, html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';

// What the page of an entry sends.

/** One entry, on a page of its own. */
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

/** Takes the code that was sent, or sends another. Pure. */
export function codeForm(shown: Acting & { readonly error?: string }): Html {
  const text = textsOf('entryPage', shown.lang);
  const wrong = shown.error !== undefined;
  return html`<form method="post" action="${addressOf(shown)}">
${hidden(shown)}
<label for="code">${text('code')}</label>
<p class="hint" id="code-hint">${text('code.hint')}</p>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required aria-describedby="code-hint${wrong ? ' error' : ''}"${wrong ? html` aria-invalid="true"` : ''}>
<button type="submit" name="action" value="verify">${text('verify')}</button>
</form>
${actionForm(shown, 'resend', text('resend'), true)}`;
}

/** Gives an appointment up, and says why if the person likes. Pure. */
export function cancelForm(shown: Acting, button: string): Html {
  const text = textsOf('entryPage', shown.lang);
  return html`<form method="post" action="${addressOf(shown)}">
${hidden(shown)}
<label for="impediment">${text('impediment')}</label>
<select id="impediment" name="impediment">
<option value="">${text('impediment.none')}</option>
${IMPEDIMENTS.map((one) => html`<option value="${one}">${text(`impediment.${one}`)}</option>`)}
</select>
<button type="submit" name="action" value="cancel_confirmed">${button}</button>
</form>`;
}

/** Says why an appointment was missed. Pure. */
export function appealForm(shown: Acting): Html {
  const text = textsOf('entryPage', shown.lang);
  return html`<form method="post" action="${addressOf(shown)}">
${hidden(shown)}
<label for="statement">${text('statement')}</label>
<p class="hint" id="statement-hint">${text('statement.hint')}</p>
<textarea id="statement" name="statement" rows="5" maxlength="1000" required aria-describedby="statement-hint"></textarea>
<button type="submit" name="action" value="appeal" class="quiet">${text('appeal')}</button>
</form>`;
}

/** Where the forms of the page of an entry are sent. Pure. */
export function addressOf({
  prefecture,
  entryId,
  lang,
}: {
  readonly prefecture: { readonly id: string };
  readonly entryId: string;
  readonly lang: Language;
}): string {
  return inLanguage(entryPageUrl('', prefecture.id, entryId), lang);
}

/**
 * What each form of the page has. The offer goes along where there is one: a button pressed on an old page
 * must not answer a newer offer. Pure.
 */
export function hidden({
  token,
  offerId,
}: {
  readonly token: string;
  readonly offerId?: string | undefined;
}): Html {
  return html`<input type="hidden" name="token" value="${token}">${offerId === undefined ? '' : html`<input type="hidden" name="offer" value="${offerId}">`}`;
}
