import { ROLES, type Role } from '../store/types.ts';

/** The least role that may do something. Who has a higher one may do it too. */
export const leastRole = {
  readSlots: 'auditor',
  readEntries: 'auditor',
  readMessages: 'auditor',
  readSchedules: 'auditor',
  enterAtDesk: 'agent',
  searchEntries: 'agent',
  noteAttendance: 'agent',
  proposePriority: 'agent',
  decidePriority: 'supervisor',
  rejectEntries: 'supervisor',
  importSlots: 'supervisor',
  scheduleDraws: 'supervisor',
  voidDraws: 'supervisor',
  pause: 'supervisor',
  settleMessages: 'supervisor',
  configure: 'admin',
  manageAgents: 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;

/** Whether a role is enough. Pure. */
export function mayDo(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(leastRole[permission]);
}
