import type { Role } from './agent.ts';

// Roles are no ladder: an auditor reads everything and changes nothing, an agent does not read the
// audit log.
const everyone = ['auditor', 'agent', 'supervisor', 'admin'] as const;
const auditors = ['auditor', 'admin'] as const;
const overseers = ['auditor', 'supervisor', 'admin'] as const;
const staff = ['agent', 'supervisor', 'admin'] as const;
const leaders = ['supervisor', 'admin'] as const;
const admins = ['admin'] as const;
/** Helpers act for the people whose mandate they hold, and see nobody else. */
const helpers = ['helper', 'admin'] as const;

/** Which roles may do something. What changes anything is not for auditors: a test looks. */
export const rolesFor = {
  signOut: everyone,
  readSlots: everyone,
  readClosures: everyone,
  readEntries: everyone,
  readMessages: everyone,
  readSchedules: everyone,
  readFlags: everyone,
  searchEntries: everyone,
  printLetters: everyone,
  readHelpers: everyone,
  readAgents: auditors,
  readAudit: auditors,
  readAbuse: overseers,
  enterAtDesk: staff,
  answerForPeople: staff,
  endMandates: staff,
  helpPeople: helpers,
  postLetters: staff,
  noteAttendance: staff,
  openFlags: everyone,
  proposePriority: staff,
  decidePriority: leaders,
  decideAbsences: leaders,
  rejectEntries: leaders,
  disclosePeople: leaders,
  erasePeople: leaders,
  settleFlags: leaders,
  importSlots: leaders,
  closeSlots: leaders,
  revokeAppointments: leaders,
  scheduleDraws: leaders,
  voidDraws: leaders,
  pause: leaders,
  settleMessages: leaders,
  configure: admins,
  manageAgents: admins,
  manageHelpers: admins,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesFor;

/** All permissions: what the scopes of a key are chosen from. */
export const PERMISSIONS = Object.keys(rolesFor) as [Permission, ...Permission[]]; // it has some

/** Who acts: by a role, which scopes may narrow. */
export interface Powers {
  readonly role: Role;
  readonly scopes?: readonly string[];
}

/** Whether a role includes something. Pure. */
export function isOfRole(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = rolesFor[permission];
  return roles.includes(role);
}

/** Whether an agent may do something. Pure. */
export function mayDo({ role, scopes }: Powers, permission: Permission): boolean {
  return isOfRole(role, permission) && (scopes === undefined || scopes.includes(permission));
}

/** What one agent may do that another may not. Pure. */
export function beyond(powers: Powers, others: Powers): Permission[] {
  return PERMISSIONS.filter((one) => mayDo(powers, one) && !mayDo(others, one));
}
