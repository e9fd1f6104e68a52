import project from '../../package.json' with { type: 'json' };
import { LANGUAGES, type Language, languages } from '../../src/base/languages.ts';
import { figureNames, type Output } from '../../src/simulator/results.ts';
import { textsOf } from '../../src/texts/catalogues.ts';
import { Html, html } from '../../src/web/kit/html.ts';
import { directionOf, languageAttributes } from '../../src/web/kit/language.ts';
import { answer } from './report/answer.ts';
import { figuresOf, leftOut } from './report/figures.ts';
import { download, figureHtml, toCsv } from './report/page.ts';
import { question } from './report/question.ts';
import { calibrated } from './report/robot-figure.ts';
import { styles } from './report/styles.ts';
import type { ReportFigure, ReportInput } from './report/view.ts';
import { typeset } from './report/wording.ts';

/** One self-contained page in every language. Pure: the same input gives the same bytes. */
export function renderReport(input: ReportInput): string {
  const { name } = input.output.scenario;
  const figures = figuresOf(input);
  const page = html`<!doctype html>
<html${languageAttributes(languages[0])}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${name} – simulation – Tirage</title>
<style>${new Html(styles())}</style>
</head>
<body>
<main>
${languageSwitch()}
${languages.map((language) => section(input, figures, language))}</main>
</body>
</html>
`;
  return page.text;
}

/** Which language is shown: radio buttons, for a page without script. */
function languageSwitch(): Html {
  const [first] = languages;
  const legends = languages.map((language) => {
    const word = textsOf('layout', language)('languages');
    return language === first
      ? html`${word}`
      : html` <span${languageAttributes(language)}>/ ${word}</span>`;
  });
  const choices = languages.map((language) => {
    const isFirst = language === first;
    return html`<label${isFirst ? '' : languageAttributes(language)}><input type="radio" name="lang" id="lang-${language}" autocomplete="off"${isFirst ? html` checked` : ''}> ${LANGUAGES[language].name}</label>
`;
  });
  return html`<fieldset class="switch"><legend>${legends}</legend>
${choices}</fieldset>`;
}

function section(input: ReportInput, figures: readonly ReportFigure[], language: Language): Html {
  const { output, preset } = input;
  const text = textsOf('report', language);
  const missing = leftOut(input);
  const isSingle = output.scenario.replications === 1;
  return html`<section${languageAttributes(language, directionOf(languages[0]))}>
<h1>${text('heading.title', { name: output.scenario.name })}</h1>
<h2>${text('heading.answer')}</h2>
<div class="answer">${answer(input).map((said) => html`<p>${typeset(said, language)}</p>`)}</div>
<p>${isSingle ? text('heading.single') : text('heading.uncertainty')}${preset === calibrated ? ` ${text('heading.calibration')}` : ''}</p>
<h2>${text('heading.asked')}</h2>
<ul>${question(input).map((said) => html`<li>${typeset(said, language)}</li>`)}</ul>
<h2>${text('heading.figures')}</h2>
<div class="figures">
${figures.map((figure) => figureHtml(figure, language))}</div>
${missing.length === 0 ? [] : html`<h2>${text('heading.leftOut')}</h2><ul>${missing.map((said) => html`<li>${typeset(said, language)}</li>`)}</ul>`}
${repeat(input, language)}
</section>
`;
}

function repeat({ output, preset }: ReportInput, language: Language): Html {
  const text = textsOf('report', language);
  const { scenario, seed } = output;
  const json = JSON.stringify(scenario, null, 2);
  const all = text('heading.all');
  return html`<h2>${text('heading.repeat')}</h2>
<p>${text('heading.version', { version: project.version, seed })}</p>
${preset === undefined ? html`<p>${text('heading.run')}</p>` : []}
<pre>${command(output, preset)}</pre>
<p class="download">${download('scenario.json', 'application/json', json, 'scenario.json', scenario.name)} · ${download('figures.csv', 'text/csv', allFigures(output), all, scenario.name)}</p>
<details class="keep"><summary>${text('heading.scenario')}</summary><pre>${json}</pre></details>`;
}

function command({ scenario, seed }: Output, preset: string | undefined): string {
  const source = preset ?? 'scenario.json';
  const { replications, policies } = scenario;
  const fixed = `--replications ${replications} --policy ${policies.join()}`;
  return `npm run --silent simulate -- ${source} --seed ${seed} ${fixed} --report report.html`;
}

function allFigures({ results }: Output): string {
  const rows = results.flatMap(({ policy, requestType, figures }) =>
    figureNames.map((name) => {
      return [policy, requestType, name, figures[name]?.mean ?? null, figures[name]?.se ?? null];
    }),
  );
  return toCsv([['policy', 'requestType', 'figure', 'mean', 'se'], ...rows]);
}
