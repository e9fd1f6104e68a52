import type { Language } from '../../base/languages.ts';
import { Html, html } from '../kit/html.ts';

/** What the sending of a form takes. */
export interface ShownWork {
  /** The script that does the work; undefined where none is asked for. */
  readonly script: string | undefined;
  /** A solution that was handed in and is still good; otherwise empty. */
  readonly solution: string;
}

const texts = {
  fr: {
    noScript:
      'Ce téléphone ou ce navigateur ne fait pas le petit calcul que nous demandons contre les robots : il faut JavaScript. Vous pouvez :',
    ways: [
      'activer JavaScript, ou ouvrir cette page dans un autre navigateur ou sur un autre téléphone ;',
      'vous inscrire au guichet de la préfecture, avec votre document ;',
      'vous inscrire en téléphonant à la préfecture ;',
      'demander à une association de vous inscrire.',
    ],
    same: 'C’est gratuit, et vos chances sont les mêmes.',
  },
  en: {
    noScript:
      'This telephone or browser cannot do the small computation that we ask for against robots: it needs JavaScript. You can:',
    ways: [
      'turn JavaScript on, or open this page in another browser or on another telephone;',
      'join at the desk of the prefecture, with your document;',
      'join by telephoning the prefecture;',
      'ask an association to enter you.',
    ],
    same: 'It is free, and your chance is the same.',
  },
} as const;

/**
 * For the beginning of a form's page: the script, and what who cannot run it reads before filling
 * anything in. The script takes that away first of all. Pure.
 */
export function scriptPart(lang: Language, { script }: ShownWork): Html {
  if (script === undefined) return html``;
  const { noScript, ways, same } = texts[lang];
  return html`<div class="error" id="no-script"><p>${noScript}</p>
<ul>${ways.map((way) => html`<li>${way}</li>`)}</ul>
<p>${same}</p></div>
<script>${new Html(script)}</script>`;
}

/** For the end of a form: its solution, and where the script says how far it is. Pure. */
export function workPart({ script, solution }: ShownWork): Html {
  if (script === undefined) return html``;
  return html`<input type="hidden" id="work" name="work" value="${solution}" autocomplete="off">
<p id="work-state" role="status"></p>`;
}
