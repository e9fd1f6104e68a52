import type { Operation } from '../operation.ts';
import * as absences from './absences.ts';
import * as abuse from './abuse.ts';
import * as agents from './agents.ts';
import * as audit from './audit.ts';
import * as configuration from './configuration.ts';
import * as entries from './entries.ts';
import * as flags from './flags.ts';
import * as helpers from './helpers.ts';
import * as letters from './letters.ts';
import * as messages from './messages.ts';
import * as offers from './offers.ts';
import * as papers from './papers.ts';
import * as participation from './participation.ts';
import * as priority from './priority.ts';
import * as privacy from './privacy.ts';
import * as publicOnes from './public.ts';
import * as register from './register.ts';
import * as work from './work.ts';

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
