import { languages } from '../../../src/base/languages.ts';

/** The whole style sheet of a report: phone first, two columns on a wide screen, plain in print. */
export const styles = () => `
:root{color-scheme:light;--ink:#161616;--soft:#4a4a4a;--rule:#cecece;--accent:#000091}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;color:var(--ink);background:#fff;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:0 0 .25rem}
.switch{border:0;padding:0;margin:0}
.switch legend{position:absolute;clip-path:inset(50%)}
.switch label{display:inline-block;padding:.5rem .75rem;cursor:pointer}
.answer{border-inline-start:.3rem solid var(--accent);padding:.25rem 0;padding-inline-start:1rem;font-size:1.05rem}
.answer p{margin:.5rem 0}
.figures{display:grid;gap:1.5rem;align-items:start}
figure{margin:0;padding:1rem 0;border-top:1px solid var(--rule);min-width:0;break-inside:avoid}
figcaption p{margin:.25rem 0;color:var(--soft);font-size:.9rem}
.chart{max-width:33rem}
.chart svg{width:100%;height:auto;display:block}
.legend{list-style:none;margin:.5rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.9rem}
.legend svg{width:44px;height:14px;vertical-align:middle;margin-inline-end:.4rem}
details{margin:.25rem 0;font-size:.9rem}
summary{cursor:pointer;padding:.4rem 0}
.scroll{overflow-x:auto;max-height:28rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .6rem;border-bottom:1px solid var(--rule);text-align:start;overflow-wrap:normal}
td.number,th.number{text-align:end;white-space:nowrap}
pre{white-space:pre-wrap;background:#f4f4f4;padding:.75rem;font-size:.85rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid #0a76f6;outline-offset:2px}
${hidden()}{display:none}
@media (min-width:64rem){.figures{grid-template-columns:1fr 1fr;gap:1rem 3rem}h1{font-size:2rem}}
@media print{:root{font-size:10pt}body{max-width:none;padding:0;font-size:10pt}.switch,.download,details{display:none}.figures{display:block}figure{display:inline-block;width:47%;vertical-align:top;padding:.5rem 0}figure:nth-child(odd){margin-inline-end:4%}h2,h3{break-after:avoid}.answer,li{break-inside:avoid}.answer{font-size:11pt}details.keep{display:block}details.keep::details-content{content-visibility:visible;display:block;height:auto}.keep pre{columns:3;font-size:7pt}}
`;

/** The parts in every language but the one that is chosen. */
function hidden(): string {
  return languages
    .flatMap((chosen) =>
      languages
        .filter((other) => other !== chosen)
        .map((other) => `body:has(#lang-${chosen}:checked) section[lang=${other}]`),
    )
    .join();
}
