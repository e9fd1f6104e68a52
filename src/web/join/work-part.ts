import type { Language } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { Html, html } from '../kit/html.ts';

/** What the sending of a form takes. */
export interface ShownWork {
  /** The script that does the work; undefined where none is asked for. */
  readonly script: string | undefined;
  /** A solution that was handed in and is still good; otherwise empty. */
  readonly solution: string;
}

/**
 * For the beginning of a form's page: the script, and what who cannot run it reads before filling
 * anything in. The script takes that away first of all. Pure.
 */
export function scriptPart(lang: Language, { script }: ShownWork): Html {
  if (script === undefined) return html``;
  const text = textsOf('joinPage', lang);
  return html`<div class="error" id="no-script"><p>${text('work.needsScript')}</p>
<ul>${text.list('work.otherWays').map((way) => html`<li>${way}</li>`)}</ul>
<p>${text('work.sameChance')}</p></div>
<script>${new Html(script)}</script>`;
}

/** For the end of a form: its solution, and where the script says how far it is. Pure. */
export function workPart({ script, solution }: ShownWork): Html {
  if (script === undefined) return html``;
  return html`<input type="hidden" id="work" name="work" value="${solution}" autocomplete="off">
<p id="work-state" role="status"></p>`;
}
