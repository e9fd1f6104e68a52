import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { type Html, html } from '../kit/html.ts';
import { addressOf, hidden } from './forms.ts';

/** What the page of an entry offers to print. */
export interface ShownPapers {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  readonly entry: Pick<EntryRecord, 'state'>;
  /** Draws and weeks in vain, which a certificate can prove. */
  readonly attempts: { readonly draws: number; readonly weeks: number };
}

/** What the person can take away on paper. Pure. */
export function papersPart(shown: ShownPapers): Html {
  const { lang, attempts, entry } = shown;
  if (entry.state === 'erased') return html``;
  const text = textsOf('entryPage', lang);
  return html`<h2>${text('papers')}</h2>
${paperForm(shown, html`<button type="submit" name="action" value="receipt_paper" class="quiet">${text('papers.receipt')}</button>`)}
${
  attempts.draws === 0
    ? ''
    : html`<p>${text('papers.intro', attemptsOf(attempts))}</p>
${paperForm(
  shown,
  html`<p><label for="named"><input type="checkbox" id="named" name="named" value="true"> ${text('papers.name')}</label></p>
<button type="submit" name="action" value="certificate_paper" class="quiet">${text('papers.certificate')}</button>`,
)}`
}`;
}

/** Only what the text tells. */
function attemptsOf({ draws, weeks }: ShownPapers['attempts']) {
  return { draws, weeks };
}

function paperForm(shown: ShownPapers, body: Html): Html {
  return html`<form method="post" action="${addressOf(shown)}">
${hidden({ token: shown.token })}
${body}
</form>`;
}
