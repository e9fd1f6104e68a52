import project from '../../package.json' with { type: 'json' };
import { figureNames, type Output } from '../../src/simulator/results.ts';
import { Html, html } from '../../src/web/kit/html.ts';
import { answer } from './report/answer.ts';
import { figuresOf, leftOut } from './report/figures.ts';
import { download, figureHtml, toCsv } from './report/page.ts';
import { question } from './report/question.ts';
import { calibrated } from './report/robot-figure.ts';
import { styles } from './report/styles.ts';
import type { ReportFigure, ReportInput } from './report/view.ts';
import { type Language, languages, typeset } from './report/wording.ts';

const headings = {
  fr: {
    title: 'Simulation',
    answer: 'La réponse en trois phrases',
    asked: 'Ce qui a été demandé',
    figures: 'Les figures',
    leftOut: 'Ce qui n’y est pas',
    repeat: 'Refaire ce rapport',
    uncertainty:
      '±\u00a0: intervalle à 95\u00a0% (loi de Student) sur les répétitions. C’est l’incertitude du hasard simulé, non celle des hypothèses.',
    single: 'Une seule répétition : l’incertitude ne peut pas être donnée.',
    scenario: 'Scénario complet, valeurs par défaut comprises',
    calibration: 'Ce préréglage est un calage sur 2019, pas un résultat ni une prévision.',
    run: 'Enregistrer le scénario ci-dessous sous scenario.json, puis :',
    version: `Tirage version ${project.version}, graine`,
  },
  en: {
    title: 'Simulation',
    answer: 'The answer in three sentences',
    asked: 'What was asked',
    figures: 'The figures',
    leftOut: 'What is not here',
    repeat: 'To repeat this report',
    uncertainty:
      '±: 95% interval (Student’s t) over replications. It is the uncertainty of the simulated chance, not that of the assumptions.',
    single: 'A single replication: no uncertainty can be given.',
    scenario: 'Whole scenario, defaults included',
    calibration: 'This preset is a calibration on 2019, neither a finding nor a forecast.',
    run: 'Save the scenario below as scenario.json, then:',
    version: `Tirage version ${project.version}, seed`,
  },
} as const;

/** One self-contained page in French and English. Pure: the same input gives the same bytes. */
export function renderReport(input: ReportInput): string {
  const { name } = input.output.scenario;
  const figures = figuresOf(input);
  const page = html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${name} – simulation – Tirage</title>
<style>${new Html(styles)}</style>
</head>
<body>
<main>
<fieldset class="switch"><legend>Langue <span lang="en">/ Language</span></legend>
<label><input type="radio" name="lang" id="lang-fr" autocomplete="off" checked> Français</label>
<label lang="en"><input type="radio" name="lang" id="lang-en" autocomplete="off"> English</label>
</fieldset>
${languages.map((language) => section(input, figures, language))}</main>
</body>
</html>
`;
  return page.text;
}

function section(input: ReportInput, figures: readonly ReportFigure[], language: Language): Html {
  const { output, preset } = input;
  const words = headings[language];
  const missing = leftOut(input);
  const isSingle = output.scenario.replications === 1;
  return html`<section lang="${language}">
<h1>${words.title}${language === 'fr' ? '\u00a0:' : ':'} ${output.scenario.name}</h1>
<h2>${words.answer}</h2>
<div class="answer">${answer(input).map((text) => html`<p>${typeset(text, language)}</p>`)}</div>
<p>${isSingle ? words.single : words.uncertainty}${preset === calibrated ? ` ${words.calibration}` : ''}</p>
<h2>${words.asked}</h2>
<ul>${question(input).map((text) => html`<li>${typeset(text, language)}</li>`)}</ul>
<h2>${words.figures}</h2>
<div class="figures">
${figures.map((figure) => figureHtml(figure, language))}</div>
${missing.length === 0 ? [] : html`<h2>${words.leftOut}</h2><ul>${missing.map((text) => html`<li>${typeset(text, language)}</li>`)}</ul>`}
${repeat(input, language)}
</section>
`;
}

function repeat({ output, preset }: ReportInput, language: Language): Html {
  const words = headings[language];
  const { scenario, seed } = output;
  const json = JSON.stringify(scenario, null, 2);
  const all = language === 'fr' ? 'Tous les chiffres (CSV)' : 'All figures (CSV)';
  return html`<h2>${words.repeat}</h2>
<p>${words.version} ${String(seed)}.</p>
${preset === undefined ? html`<p>${words.run}</p>` : []}
<pre>${command(output, preset)}</pre>
<p class="download">${download('scenario.json', 'application/json', json, 'scenario.json', scenario.name)} · ${download('figures.csv', 'text/csv', allFigures(output), all, scenario.name)}</p>
<details class="keep"><summary>${words.scenario}</summary><pre>${json}</pre></details>`;
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
