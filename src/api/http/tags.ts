/** What the operations are about, in the order of the documentation. */
export const TAGS = [
  { name: 'Applicants', description: 'Join, verify, see, answer, leave.' },
  {
    name: 'Public',
    description: 'For everyone, and to be cached: what is offered, what happened.',
  },
  {
    name: 'Register',
    description: 'For everyone: the append-only log of all that is public, and its proofs.',
  },
  { name: 'Entries', description: 'For agents: desk entries, search, attendance.' },
  { name: 'Priority', description: 'For agents: who comes first, by two of them.' },
  { name: 'Absences', description: 'For agents: appeals against what an absence costs.' },
  { name: 'Letters', description: 'For agents: post for people who have no other way.' },
  { name: 'Helpers', description: 'For helpers, by mandate, and for who admits them.' },
  { name: 'Slots', description: 'For agents: the supply.' },
  { name: 'Draws', description: 'For agents: plan draws, declare one void.' },
  { name: 'Messages', description: 'For agents: what did not reach its person.' },
  {
    name: 'Abuse',
    description: 'For supervisors and auditors: what to look at, and its evidence.',
  },
  { name: 'Configuration', description: 'For agents: what is offered, by which rules, by whom.' },
  { name: 'Audit', description: 'For auditors: what agents did, and why.' },
  { name: 'Service', description: 'For those who run it.' },
] as const;

export type Tag = (typeof TAGS)[number]['name'];
