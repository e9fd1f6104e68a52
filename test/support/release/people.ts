import type { ReleaseKeys } from './world.ts';

/** The members of a prefecture where both request types are served. */
export function releasePrefecture() {
  const same = (text: string) => ({ fr: text, en: text });
  const site = (id: string, name: string, street: string) => ({
    id,
    labels: same(name),
    address: same(street),
  });
  return {
    sites: [
      site('nanterre', 'Nanterre', '167 avenue Joliot-Curie'),
      site('antony', 'Antony', 'Place Auguste Mounié'),
    ],
    requestTypes: [
      {
        id: 'renewal',
        labels: { fr: 'Renouvellement', en: 'Renewal' },
        step: 'renewal' as const,
        agdrefRequired: true,
        sites: ['nanterre'],
        partyMax: 1,
      },
      {
        id: 'first',
        labels: { fr: 'Première demande', en: 'First request' },
        step: 'first' as const,
        agdrefRequired: false,
        sites: ['nanterre', 'antony'],
        partyMax: 1,
      },
    ],
    rules: {
      priorityMax: 1,
      ageing: { ticketsPerMiss: 1, maxTickets: 5, guaranteeAfter: 6 },
      quotas: { first: { min: 1 } },
    },
  };
}

/** Somebody who renews, and is found by e-mail. */
export function renewal(number: number, contact?: object) {
  const name = `Personne Exemple ${number}`;
  return {
    requestType: 'renewal',
    person: { name, document: { kind: 'agdref', number: String(7_000_000_000 + number) } },
    contact: contact ?? { email: `person-${number}@example.org` },
    language: number % 2 === 0 ? 'fr' : 'en',
  };
}

/** Somebody who comes for the first time, with a passport. */
export function first(number: number, contact?: object) {
  const document = { kind: 'passport', country: 'MAR', number: `RX${1_000_000 + number}` };
  return {
    requestType: 'first',
    person: { name: `Première Exemple ${number}`, document, birthDate: '1980-02-29' },
    contact: contact ?? { email: `first-${number}@example.org` },
    language: 'fr',
    accepts: {
      sites: ['antony', 'nanterre'],
      windows: [{ days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }],
    },
  };
}

/** Keyrings of a release, made by random bytes. Their id says what they are. */
export function makeReleaseKeys(random: (bytes: number) => Buffer): ReleaseKeys {
  const key = () => `test-only:${random(32).toString('base64')}`;
  return {
    TIRAGE_SEALING_KEYS: key(),
    TIRAGE_IDENTITY_KEYS: key(),
    TIRAGE_TOKEN_KEYS: key(),
    TIRAGE_SIGNING_KEYS: key(),
    WEBHOOK_SECRET: `whsec_${random(32).toString('base64')}`,
  };
}
