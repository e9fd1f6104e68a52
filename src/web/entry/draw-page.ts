import type { Language } from '../../base/languages.ts';
import { type Html, html } from '../kit/html.ts';
import type { Bilingual } from './diagnosis-texts.ts';
import type { ExplanationPart } from './explanation.ts';
import { actionForm, entrySheet, type Place } from './page.ts';

/** One draw, to the person of one entry. */
export interface ShownExplanation extends Place {
  readonly token: string;
  readonly drawId: string;
  readonly parts: readonly Pick<ExplanationPart, 'title' | 'lines'>[];
  readonly tickets: {
    readonly number: string;
    readonly all: readonly string[];
    readonly check: string;
  };
  readonly inclusion: {
    readonly leaf: string;
    readonly index: number;
    readonly size: number;
    readonly path: readonly string[];
    readonly root: string;
  };
}

const texts = {
  draw: { fr: 'Numéro du tirage', en: 'Number of the draw' },
  tickets: { fr: 'Vos numéros de tirage', en: 'Your tickets' },
  counts: { fr: 'Celui qui compte, le plus petit', en: 'The one that counts, the smallest' },
  compute: { fr: 'Pour le calculer vous-même', en: 'To compute it yourself' },
  proof: { fr: 'La preuve que vous y étiez', en: 'The proof that you were in it' },
  proofBody: {
    fr: 'Cette ligne est votre inscription telle qu’elle a été fixée. Avec les empreintes ci-dessous elle mène à la racine publiée dans le manifeste : rien n’a pu y être changé ensuite.',
    en: 'This line is your entry as it was fixed. With the fingerprints below it leads to the root that the manifest publishes: nothing in it can have been changed afterwards.',
  },
  leaf: { fr: 'Votre ligne', en: 'Your line' },
  place: {
    fr: 'Sa place (à partir de 0), et combien il y en a',
    en: 'Its place (from 0), and how many there are',
  },
  path: { fr: 'Les empreintes, de bas en haut', en: 'The fingerprints, from the bottom' },
  root: { fr: 'La racine', en: 'The root' },
  manifest: { fr: 'Le manifeste de ce tirage', en: 'The manifest of this draw' },
  back: { fr: 'Retour à mon inscription', en: 'Back to my entry' },
} as const satisfies Record<string, Bilingual>;

/** How a draw went for an entry, and why; proof and tickets behind a fold. Pure. */
export function entryDrawPage(shown: ShownExplanation): string {
  const { lang, drawId, parts, token, prefecture } = shown;
  const manifest = `/v1/prefectures/${prefecture.id}/draws/${drawId}/manifest`;
  return entrySheet(
    shown,
    html`<p>${texts.draw[lang]} : <code>${drawId}</code></p>
${parts.map((part) => partOf(part, lang))}
${ticketsPart(shown)}
${proofPart(shown)}
<p><a href="${manifest}">${texts.manifest[lang]}</a></p>
${actionForm({ ...shown, token, offerId: undefined }, 'show', texts.back[lang], true)}`,
  );
}

function partOf({ title, lines }: Pick<ExplanationPart, 'title' | 'lines'>, lang: Language): Html {
  return html`<h2>${title[lang]}</h2>
${lines.map((line) => html`<p>${line[lang]}</p>`)}`;
}

function ticketsPart({ tickets, lang }: ShownExplanation): Html {
  return html`<details><summary>${texts.tickets[lang]} (${String(tickets.all.length)})</summary>
<p>${texts.counts[lang]} : <code>${tickets.number}</code></p>
<p>${texts.compute[lang]} : <code>${tickets.check}</code></p>
<ol start="0">${tickets.all.map((ticket) => html`<li><code>${ticket}</code></li>`)}</ol>
</details>`;
}

function proofPart({ inclusion, lang }: ShownExplanation): Html {
  const { leaf, index, size, path, root } = inclusion;
  return html`<details><summary>${texts.proof[lang]}</summary>
<p>${texts.proofBody[lang]}</p>
<dl><dt>${texts.leaf[lang]}</dt><dd><code>${leaf}</code></dd>
<dt>${texts.place[lang]}</dt><dd>${String(index)} / ${String(size)}</dd>
<dt>${texts.path[lang]}</dt>${path.map((hash) => html`<dd><code>${hash}</code></dd>`)}
<dt>${texts.root[lang]}</dt><dd><code>${root}</code></dd></dl>
</details>`;
}
