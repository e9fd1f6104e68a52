import type { Language } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { fact } from '../kit/fact.ts';
import { type Html, html } from '../kit/html.ts';
import type { ExplanationPart } from './explanation.ts';
import { actionForm, type Place } from './forms.ts';
import { entrySheet } from './page.ts';

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

/** How a draw went for an entry, and why; proof and tickets behind a fold. Pure. */
export function entryDrawPage(shown: ShownExplanation): string {
  const { lang, drawId, parts, token, prefecture } = shown;
  const text = textsOf('drawPage', lang);
  const manifest = `/v1/prefectures/${prefecture.id}/draws/${drawId}/manifest`;
  return entrySheet(
    shown,
    html`<p>${fact(lang, text('draw'), html`<code>${drawId}</code>`)}</p>
${parts.map((part) => partOf(part, lang))}
${ticketsPart(shown)}
${proofPart(shown)}
<p><a href="${manifest}">${text('manifest')}</a></p>
${actionForm({ ...shown, token, offerId: undefined }, 'show', text('back'), true)}`,
  );
}

function partOf({ title, lines }: Pick<ExplanationPart, 'title' | 'lines'>, lang: Language): Html {
  return html`<h2>${title[lang]}</h2>
${lines.map((line) => html`<p>${line[lang]}</p>`)}`;
}

function ticketsPart({ tickets, lang }: ShownExplanation): Html {
  const text = textsOf('drawPage', lang);
  return html`<details><summary>${text('tickets', { count: tickets.all.length })}</summary>
<p>${fact(lang, text('tickets.counts'), html`<code>${tickets.number}</code>`)}</p>
<p>${fact(lang, text('tickets.compute'), html`<code>${tickets.check}</code>`)}</p>
<ol start="0">${tickets.all.map((ticket) => html`<li><code>${ticket}</code></li>`)}</ol>
</details>`;
}

function proofPart({ inclusion, lang }: ShownExplanation): Html {
  const { leaf, index, size, path, root } = inclusion;
  const text = textsOf('drawPage', lang);
  return html`<details><summary>${text('proof')}</summary>
<p>${text('proof.body')}</p>
<dl><dt>${text('proof.leaf')}</dt><dd><code>${leaf}</code></dd>
<dt>${text('proof.place')}</dt><dd>${String(index)} / ${String(size)}</dd>
<dt>${text('proof.path')}</dt>${path.map((hash) => html`<dd><code>${hash}</code></dd>`)}
<dt>${text('proof.root')}</dt><dd><code>${root}</code></dd></dl>
</details>`;
}
