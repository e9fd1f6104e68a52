import { common } from './common.ts';
import { appointments } from './messages/appointments.ts';
import { entry } from './messages/entry.ts';
import { offers } from './messages/offers.ts';
import { shared } from './messages/shared.ts';
import { papers } from './papers.ts';
import { rules } from './rules.ts';

/** All texts in French, by area. */
export const catalogue = {
  common,
  rules,
  papers,
  messages: { ...shared, ...entry, ...offers, ...appointments },
} as const;
