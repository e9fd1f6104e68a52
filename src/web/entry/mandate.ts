import type { Language } from '../../base/languages.ts';
import type { HelperCategory } from '../../domain/helpers/mandate.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html, htmlText } from '../kit/html.ts';
import { addressOf, hidden } from './forms.ts';

/** A helper's mandate, as the person whom it is for is shown it. */
export interface ShownMandate {
  /** How the helper is called. */
  readonly helper: string;
  readonly category: HelperCategory;
  /** Last local day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly isCurrent: boolean;
}

interface Place {
  readonly prefecture: { readonly id: string };
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  readonly mandate: ShownMandate | undefined;
}

const written = createDateWriter();

/** Who acts for the person, and how to end that; nothing where nobody does. Pure. */
export function mandatePart(place: Place): Html {
  const { lang, token, mandate } = place;
  if (!mandate) return html``;
  const text = textsOf('entryPage', lang);
  const { helper, category, until, isCurrent } = mandate;
  // A local day: read and written in one zone, it stays what it is.
  const day = written(lang, 'UTC', Date.parse(`${until}T12:00:00Z`)).day;
  const named = htmlText({ helper: html`<strong>${helper}</strong>` }, (marks) =>
    text('mandate.helper', { ...marks, category: text(`mandate.category.${category}`) }),
  );
  const end = html`<form method="post" action="${addressOf(place)}">
${hidden({ token })}
<button type="submit" name="action" value="end_mandate" class="quiet">${text('mandate.end')}</button>
</form>`;
  return html`<h2>${text('mandate')}</h2>
<p>${named}</p>
<p>${isCurrent ? text('mandate.current', { until: day }) : text('mandate.over')}</p>
${isCurrent ? end : ''}`;
}
