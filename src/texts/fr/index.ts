import { abuse } from './abuse.ts';
import { common } from './common.ts';
import { drawNotes } from './draw-notes.ts';
import { acts } from './messages/acts.ts';
import { appointments } from './messages/appointments.ts';
import { entry } from './messages/entry.ts';
import { offers } from './messages/offers.ts';
import { shared } from './messages/shared.ts';
import { pages } from './pages/index.ts';
import { papers } from './papers.ts';
import { report } from './report.ts';
import { rules } from './rules.ts';
import { workRefusals } from './work-refusals.ts';

/** All texts in French, by area. */
export const catalogue = {
  common,
  rules,
  papers,
  messages: { ...shared, ...entry, ...offers, ...appointments, ...acts },
  ...pages,
  abuse,
  drawNotes,
  report,
  workRefusals,
} as const;
