import * as absences from '../absences/operations.ts';
import * as abuse from '../abuse/operations.ts';
import * as agents from '../agents/operations.ts';
import * as audit from '../audit/operations.ts';
import * as entries from '../entries/operations.ts';
import * as flags from '../flags/operations.ts';
import * as helpers from '../helpers/operations.ts';
import * as letters from '../letters/routes.ts';
import * as messages from '../messages/operations.ts';
import * as offers from '../offers/operations.ts';
import * as papers from '../papers/operations.ts';
import * as participation from '../participation/operations.ts';
import * as configuration from '../prefectures/operations.ts';
import * as priority from '../priorities/operations.ts';
import * as privacy from '../privacy/operations.ts';
import * as publicOnes from '../public/operations.ts';
import * as register from '../register/operations.ts';
import * as work from '../work/operations.ts';
import type { Operation } from './operation.ts';

const modules = [
  entries,
  work,
  papers,
  privacy,
  participation,
  offers,
  publicOnes,
  register,
  configuration,
  agents,
  messages,
  flags,
  audit,
  priority,
  absences,
  letters,
  abuse,
  helpers,
];

/** Everything the API can do, in the order of the documentation. */
export const operations: readonly Operation[] = modules
  .flatMap((module) => Object.values<unknown>(module))
  .filter(isOperation);

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'access' in value && 'answers' in value;
}
