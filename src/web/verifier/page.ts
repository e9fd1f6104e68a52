import { hash } from 'node:crypto';
import tirage from '../../../package.json' with { type: 'json' };
import { bundleForBrowser } from '../kit/browser-bundle.ts';
import { Html, html } from '../kit/html.ts';
import { style as pageStyle } from '../kit/layout.ts';

/** One file that needs no other: anyone can keep it, and open it without a network. */
export interface VerifyPage {
  readonly text: string;
  /** SHA-256 of the text, 64 lowercase hex digits, to compare copies with. */
  readonly sha256: string;
  /** Content-Security-Policy for whoever serves it. */
  readonly policy: string;
}

const style = `${pageStyle}
[hidden] { display: none; }
.en { display: block; font-size: 1rem; }
#drop { border: 2px dashed #767676; border-radius: .25rem; padding: 1rem; }
#drop.over { border-color: #0a76f6; border-style: solid; }
progress { width: 100%; height: 1.25rem; }
.result { border-left: .375rem solid #767676; padding: .25rem 1rem; overflow-wrap: anywhere; }
.result h2 { margin-top: 0; }
.result.verified { border-color: #18753c; } .result.differs, .result.malformed { border-color: #ce0500; }
`;

/**
 * Makes the page that verifies records with the allocator itself, in French and in English.
 *
 * @throws Error where esbuild cannot run.
 */
export async function createVerifyPage(): Promise<VerifyPage> {
  const script = await bundleForBrowser('verifier');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { text } = documentOf(script, policy);
  // A page cannot say itself that nobody may frame it.
  const served = `${policy}; frame-ancestors 'none'`;
  return { text, sha256: hash('sha256', text), policy: served };
}

function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

function documentOf(script: string, policy: string): Html {
  // Quotes in an attribute's value would be escaped, and the policy is ours.
  const meta = new Html(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
${meta}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Vérifier un tirage – Check a draw</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${both('Vérifier un tirage', 'Check a draw')}</h1>
<p>${both(
    'Choisissez le procès-verbal d’un tirage (record.ndjson). Tout est recalculé sur votre appareil : rien n’est envoyé.',
    'Choose the record of a draw (record.ndjson). All of it is computed again on your device: nothing is sent.',
  )}</p>
<noscript><p class="error">${both('Cette page a besoin de JavaScript.', 'This page needs JavaScript.')}</p></noscript>
<div id="drop">
<label for="file">${both('Procès-verbal : choisissez un fichier, ou déposez-le ici', 'Record: choose a file, or drop it here')}</label>
<input type="file" id="file">
</div>
<div id="running" hidden>
<progress id="bar" max="1" aria-label="Avancement / Progress"></progress>
<p id="counted"></p>
<p><button type="button" id="cancel">${both('Arrêter', 'Stop')}</button></p>
</div>
<div id="status" role="status" aria-live="polite"></div>
<h2>${both('Ce que cela prouve', 'What this proves')}</h2>
<p>${both(
    'Que le résultat suit des règles, de la liste et du hasard inscrits dans le procès-verbal, et que personne n’y a rien changé depuis. Comparez l’empreinte du manifeste avec celle publiée avant le tirage.',
    'That the result follows from the rules, the list and the randomness in the record, and that nobody has changed anything since. Compare the hash of the manifest with the one published before the draw.',
  )}</p>
<p>${both(
    'Cela ne prouve pas que chaque inscription est celle d’une vraie personne.',
    'It does not prove that every entry is that of a real person.',
  )}</p>
<h2>${both('Garder cette page', 'Keep this page')}</h2>
<p id="served" hidden><a href="verify" download="tirage-verify.html">${both('Télécharger cette page', 'Download this page')}</a></p>
<p>${both(
    'Elle tient en un seul fichier et fonctionne sans réseau. Pour savoir si votre copie est la bonne, comparez son empreinte (sha256sum) avec celle que publie un tiers ou que donne le programme.',
    'It is one single file and works without a network. To know whether your copy is the right one, compare its hash (sha256sum) with one that others publish or that the program prints.',
  )}</p>
<p>Tirage ${tirage.version}, lottery/v1</p>
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
}

function both(fr: string, en: string): Html {
  return html`<span lang="fr">${fr}</span> <span lang="en" class="en">${en}</span>`;
}
