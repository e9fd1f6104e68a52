import { answerPage } from './answer.ts';
import { certificatesPage } from './certificates.ts';
import { diagnosis } from './diagnosis.ts';
import { drawPage } from './draw.ts';
import { entryPage } from './entry.ts';
import { explanation } from './explanation.ts';
import { joinPage } from './join.ts';
import { layout } from './layout.ts';
import { lostLinkPage } from './lost-link.ts';
import { publicPage } from './public.ts';
import { refusedPage } from './refused.ts';
import { verifierPage } from './verifier.ts';
import { verifierInBrowser } from './verifier-in-browser.ts';
import { workInBrowser } from './work-in-browser.ts';

/** All texts of pages, by area. */
export const pages = {
  answerPage,
  certificatesPage,
  diagnosis,
  drawPage,
  entryPage,
  explanation,
  joinPage,
  layout,
  lostLinkPage,
  publicPage,
  refusedPage,
  verifierInBrowser,
  verifierPage,
  workInBrowser,
};
