import * as absences from '../absences/routes.ts';
import * as abuse from '../abuse/routes.ts';
import * as keys from '../agents/routes.ts';
import * as session from '../agents/session-routes.ts';
import { beginLogin, finishLogin } from '../agents/sign-in.ts';
import * as appointments from '../appointments/routes.ts';
import * as audit from '../audit/routes.ts';
import * as closures from '../closures/routes.ts';
import * as drawPlans from '../draws/plan-routes.ts';
import * as draws from '../draws/routes.ts';
import * as callCodes from '../entries/call-code-routes.ts';
import * as deskEntries from '../entries/desk-routes.ts';
import * as parties from '../entries/party-routes.ts';
import * as entries from '../entries/routes.ts';
import * as flags from '../flags/routes.ts';
import * as helpers from '../helpers/routes.ts';
import * as letters from '../letters/routes.ts';
import * as messages from '../messages/routes.ts';
import * as offers from '../offers/routes.ts';
import * as answerPages from '../pages/answer.ts';
import { verifyCertificate } from '../papers/check-routes.ts';
import * as papers from '../papers/routes.ts';
import * as participation from '../participation/routes.ts';
import * as configuration from '../prefectures/routes.ts';
import * as priority from '../priorities/routes.ts';
import * as privacy from '../privacy/routes.ts';
import * as publicOnes from '../public/routes.ts';
import * as registerProofs from '../register/proof-routes.ts';
import * as register from '../register/routes.ts';
import * as slots from '../slots/routes.ts';
import * as work from '../work/routes.ts';
import { docs } from './docs.ts';
import type { Operation } from './operation.ts';
import { live, openApi, readKeys, readMetrics, ready } from './service.ts';
import type { ServiceOperation } from './service-route.ts';

const modules = [
  { ...entries, ...parties, ...callCodes },
  work,
  papers,
  privacy,
  participation,
  { ...offers, ...answerPages },
  { ...publicOnes, ...draws },
  { ...register, ...registerProofs },
  { ...configuration, ...keys },
  { ...appointments, ...deskEntries, ...slots, ...closures, ...drawPlans },
  messages,
  flags,
  { ...audit, ...session },
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

/** What does not belong to a prefecture, in the order of the documentation. */
export const serviceOperations: readonly ServiceOperation[] = [
  live,
  ready,
  readMetrics,
  readKeys,
  verifyCertificate,
  beginLogin,
  finishLogin,
  openApi,
  docs,
];

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'access' in value && 'answers' in value;
}
