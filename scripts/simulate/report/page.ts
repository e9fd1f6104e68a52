import type { Language } from '../../../src/base/languages.ts';
import { textsOf } from '../../../src/texts/catalogues.ts';
import { Html, html } from '../../../src/web/kit/html.ts';
import { csvField } from '../csv-field.ts';
import type { Line } from './chart.ts';
import type { Cell, Column, ReportFigure } from './view.ts';
import { typeset, written } from './wording.ts';

/** More rows than a page can show: the file has them all. */
const mostRows = 120;

/** A figure with its caption, its plot, its table and its file. */
export function figureHtml(figure: ReportFigure, language: Language): Html {
  const { id, title, caption } = figure;
  const plot = figure.plot(language);
  return html`<figure id="${id}-${language}" aria-labelledby="${id}-title-${language}">
<figcaption><h3 id="${id}-title-${language}">${typeset(title, language)}</h3><p>${typeset(caption, language)}</p></figcaption>
${plot === undefined ? [] : drawing(plot, figure.lines(language))}
${tableHtml(figure, language)}
${csvLink(figure, language)}
</figure>
`;
}

function drawing(plot: string, lines: readonly Line[]): Html {
  // The plot comes from a DOM, which has escaped whatever text it holds.
  return html`<ul class="legend">${lines.map(legendItem)}</ul><div class="chart">${new Html(plot)}</div>`;
}

const shapes: Readonly<Record<Line['look']['symbol'], string>> = {
  circle: 'M26 7a4 4 0 1 1-8 0a4 4 0 1 1 8 0z',
  square: 'M18 3h8v8h-8z',
  triangle: 'M22 2l5 9h-10z',
  diamond: 'M22 1l4 6l-4 6l-4-6z',
  times: 'M18 3l8 8M26 3l-8 8',
};

function legendItem({ name, look }: Line): Html {
  const { color, symbol, dash } = look;
  const fill = symbol === 'times' ? 'none' : color;
  return html`<li><svg viewBox="0 0 44 14" aria-hidden="true"><path d="M0 7h44" stroke="${color}" stroke-width="${symbol === 'times' ? '0' : '2'}" stroke-dasharray="${dash}"/><path d="${shapes[symbol]}" fill="${fill}" stroke="${color}" stroke-width="${symbol === 'times' ? '2.5' : '0'}"/></svg>${name}</li>`;
}

function tableHtml({ title, columns, rows }: ReportFigure, language: Language): Html {
  const step = Math.ceil(rows.length / mostRows);
  const shown = rows.filter((_, index) => index % step === 0);
  const text = textsOf('report', language);
  const words = text('table');
  const note = step > 1 ? ` (${text('table.thinned', { step })})` : '';
  return html`<details><summary>${words}${note}</summary><div class="scroll" tabindex="0" role="region" aria-label="${words} : ${title(language)}"><table><thead><tr>${columns.map((column) => html`<th scope="col"${numberClass(column)}>${column.title(language)}</th>`)}</tr></thead><tbody>
${shown.map(
  (
    row,
  ) => html`<tr>${columns.map((column, index) => cellHtml(row[index] ?? null, column, language))}</tr>
`,
)}</tbody></table></div></details>`;
}

function numberClass({ unit }: Column): Html {
  return new Html(unit === undefined ? '' : ' class="number"');
}

function cellHtml(cell: Cell, column: Column, language: Language): Html {
  return html`<td${numberClass(column)}>${cellText(cell, column, language)}</td>`;
}

function cellText(cell: Cell, { unit, words }: Column, language: Language): string {
  if (cell === null) return '—';
  if (typeof cell === 'string') return words?.(cell)(language) ?? cell;
  if (Number.isInteger(cell) && unit !== 'share' && Math.abs(cell) < 1000) return String(cell);
  return written(cell, unit ?? 'number', language);
}

function csvLink({ id, title, columns, rows }: ReportFigure, language: Language): Html {
  const text = textsOf('report', language)('data');
  const csv = toCsv([columns.map(({ name }) => name), ...rows]);
  return download(`${id}.csv`, 'text/csv', csv, text, title(language));
}

/** A link that saves a text, held in the page itself. */
export function download(
  file: string,
  type: string,
  text: string,
  words: string,
  about: string,
): Html {
  const uri = `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
  return html`<a class="download" download="${file}" href="${uri}" aria-label="${words} : ${about}">${words}</a>`;
}

/** RFC 4180; empty where a figure is undefined. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows
    .map((row) => `${row.map((cell) => csvField(String(cell ?? ''))).join()}\r\n`)
    .join('');
}
