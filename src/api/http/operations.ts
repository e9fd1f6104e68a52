import * as absences from '../absences/routes.ts';
import * as abuse from '../abuse/routes.ts';
import * as agents from '../agents/operations.ts';
import * as appointments from '../appointments/routes.ts';
import * as audit from '../audit/operations.ts';
import * as deskEntries from '../entries/desk-routes.ts';
import * as entries from '../entries/routes.ts';
import * as flags from '../flags/routes.ts';
import * as helpers from '../helpers/routes.ts';
import * as letters from '../letters/routes.ts';
import * as messages from '../messages/routes.ts';
import * as answerPages from '../offers/operations.ts';
import * as offers from '../offers/routes.ts';
import * as papers from '../papers/routes.ts';
import * as participation from '../participation/routes.ts';
import * as configuration from '../prefectures/operations.ts';
import * as priority from '../priorities/routes.ts';
import * as privacy from '../privacy/routes.ts';
import * as publicOnes from '../public/operations.ts';
import * as register from '../register/operations.ts';
import * as work from '../work/routes.ts';
import type { Operation } from './operation.ts';

const modules = [
  entries,
  work,
  papers,
  privacy,
  participation,
  { ...offers, ...answerPages },
  publicOnes,
  register,
  configuration,
  { ...agents, ...appointments, ...deskEntries },
  messages,
  flags,
  audit,
  priority,
  absences,
  letters,
  abuse,
  helpers,
];

/** Everything the API can do, in the order of the documentation: of a module, by name. */
export const operations: readonly Operation[] = modules.flatMap((module) =>
  Object.entries<unknown>(module)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, declared]) => declared)
    .filter(isOperation),
);

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'access' in value && 'answers' in value;
}
