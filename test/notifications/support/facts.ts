import type { MessageFacts } from '#src/notifications/render/templates.ts';

const common = {
  prefecture: {
    id: '92',
    labels: { fr: 'Préfecture des Hauts-de-Seine', en: 'Prefecture of Hauts-de-Seine' },
  },
  timeZone: 'Europe/Paris',
  entry: 'k3j5m7n9p1q2r4s6',
  name: 'Fatoumata Diallo-Traoré',
  requestType: {
    fr: 'Renouvellement de titre de séjour « salarié »',
    en: 'Renewal of a residence permit “employee”',
  },
  entryUrl: 'https://rdv.example.org/92/inscriptions/k3j5m7n9p1q2r4s6',
  publicUrl: 'https://rdv.example.org/92/tirages',
};

const held = {
  ...common,
  offer: '20261123-7k2m9x.k3j5m7n9p1q2r4s6',
  slot: {
    start: '2026-12-01T09:30:00+01:00',
    site: { fr: 'Préfecture, Nanterre', en: 'Prefecture, Nanterre' },
    address: {
      fr: '167-177 avenue Joliot-Curie, 92000 Nanterre',
      en: '167-177 avenue Joliot-Curie, 92000 Nanterre',
    },
  },
};

const open = {
  ...held,
  deadlineMs: Date.parse('2026-11-27T18:00:00+01:00'),
  acceptUrl: 'https://rdv.example.org/92/offres/accepter?s=mi3x5kq0.k1.9BxzMy9-CG0Ck2resGn-iQ',
  declineUrl: 'https://rdv.example.org/92/offres/refuser?s=mi3x5kq0.k1.0ZxzMy9-CG0Ck2resGn-iQ',
  document: 'agdref',
} as const;

const settledAtMs = Date.parse('2026-11-24T10:15:00+01:00');

const ofVoidDraw = { isUnopened: false, cause: undefined, said: undefined, isFirst: false };

/** Facts as a prefecture would hand them in, for each kind of message. */
export const facts: MessageFacts = {
  code: { ...common, code: '042137', expiresAtMs: Date.parse('2026-11-23T14:05:00+01:00') },
  welcome: { ...common, token: 'k1.Qm9uam91ciBsZXMgYW1pcw', callCode: '042137' },
  offer: open,
  reminder: open,
  booked: {
    ...held,
    settledAtMs,
    document: 'passport',
    rule: { absenceDraws: 0, lateCancelHours: 24 },
  },
  expired: { ...held, stillWaiting: true },
  revoked: { ...held, settledAtMs, wasBooked: false, ...ofVoidDraw },
  cancelled: { ...held, settledAtMs, stillWaiting: true, drawsLeft: 0 },
  duplicate: common,
  acted_for: {
    ...common,
    ...{ act: 'decline', by: 'staff', atMs: Date.parse('2026-11-24T10:15:00+01:00') },
    undoUntilMs: Date.parse('2026-11-24T11:15:00+01:00'),
  },
  rejected: { ...common, reason: 'document' },
  party: { ...common, people: 3, others: ['Issa Diallo', 'Bo Diallo'] },
  absence: { ...common, cause: 'no_show', drawsLeft: 2 },
  absence_decided: { ...common, lifted: true, drawsLeft: 0, stillWaiting: false },
  link: { ...common, token: 'k1.Qm9uam91ciBsZXMgYW1pcw', callCode: '042137' },
};
