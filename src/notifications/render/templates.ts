import type { MessageKind } from '../../domain/messages/kinds.ts';
import { actTemplates } from './kinds/acts.ts';
import { appointmentTemplates } from './kinds/appointments.ts';
import { entryTemplates } from './kinds/entry.ts';
import { offerTemplates } from './kinds/offers.ts';
import type { Template } from './template.ts';

/** The template of each kind; a kind without one does not compile. */
export const templates = {
  ...entryTemplates,
  ...offerTemplates,
  ...appointmentTemplates,
  ...actTemplates,
} satisfies Readonly<Record<MessageKind, Template<never>>>;

/** What each kind of message needs to know. */
export type MessageFacts = {
  readonly [Kind in MessageKind]: Parameters<(typeof templates)[Kind]>[0];
};
