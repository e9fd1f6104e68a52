import type { Page } from '../http/page.ts';
import { sendCertificatesPage, showCertificatesPage } from './certificates.ts';
import { sendEntryPage, showEntryPage } from './entry.ts';
import { sendJoinPage, showJoinPage } from './join.ts';
import { sendLostLinkPage, showLostLinkPage } from './lost-link.ts';
import { showPublicPage } from './public.ts';
import { showVerifyPage } from './verify.ts';

/** Every page that people are shown, besides those behind one-click links. */
export const pages: readonly Page[] = [
  showPublicPage,
  showEntryPage,
  sendEntryPage,
  showJoinPage,
  sendJoinPage,
  showLostLinkPage,
  sendLostLinkPage,
  showCertificatesPage,
  sendCertificatesPage,
  showVerifyPage,
];
