import { parseRules } from '../allocator/record/parse.ts';
import type { Rules } from '../allocator/types.ts';
import {
  checkSet,
  type Members,
  malformed,
  memberPath,
  parseIdentifier,
  parseInteger,
  parseMembers,
  parseObject,
} from '../base/parse-values.ts';
import { total } from './results.ts';
import {
  freedSlots,
  type Policy,
  type Polls,
  policies,
  type RequestTypeScenario,
  type Scalpers,
  type Scenario,
} from './scenario.ts';

const mostCounted = 1_000_000;

/**
 * Reads a scenario and fills its defaults in. Pure.
 *
 * @throws DomainError `input_malformed` naming the member at fault (`requestTypes.AES.noShow`).
 */
export function parseScenario(value: unknown): Scenario {
  const members = parseMembers(value, '', [
    'name',
    'draws',
    'warmup',
    'drawEveryDays',
    'replications',
    'policies',
    'requestTypes',
    'sharedSlotsPerDraw',
    'rules',
    'scalpers',
    'polls',
  ]);
  const requestTypes = parseRequestTypes(members.requestTypes);
  const scenario: Scenario = {
    name: parseName(members.name),
    draws: parseInteger(members.draws, 'draws', 1, 100_000),
    warmup: integer(members, 'warmup', '', 0, 0, 100_000),
    drawEveryDays: integer(members, 'drawEveryDays', '', 7, 1, 366),
    replications: integer(members, 'replications', '', 30, 1, 10_000),
    policies: Object.hasOwn(members, 'policies') ? parsePolicies(members.policies) : policies,
    requestTypes,
    sharedSlotsPerDraw: integer(members, 'sharedSlotsPerDraw', '', 0, 0, mostCounted),
    rules: Object.hasOwn(members, 'rules') ? parseKnownRules(members.rules, requestTypes) : {},
  };
  return {
    ...scenario,
    ...(Object.hasOwn(members, 'scalpers')
      ? { scalpers: parseScalpers(members.scalpers, requestTypes) }
      : {}),
    ...(Object.hasOwn(members, 'polls') ? { polls: parsePolls(members.polls) } : {}),
  };
}

/** What a scenario is called. @throws DomainError `input_malformed` */
export function parseName(value: unknown): string {
  if (typeof value !== 'string' || value === '' || [...value].length > 100) {
    malformed('must be a text of 1 to 100 characters', 'name');
  }
  return value;
}

/** A list of policies, none twice. @throws DomainError `input_malformed` */
export function parsePolicies(value: unknown, path = 'policies'): readonly Policy[] {
  checkSet(value, path, (item, itemPath) => parseWord(item, itemPath, policies));
  return value as Policy[]; // checked item by item above
}

type RequestTypes = Scenario['requestTypes'];

function parseRequestTypes(value: unknown): RequestTypes {
  const types = Object.entries(parseObject(value, 'requestTypes'));
  if (types.length === 0 || types.length > 50) {
    malformed('must have 1 to 50 members', 'requestTypes');
  }
  // Object.fromEntries makes members of its own, even of one that is called `__proto__`.
  return Object.fromEntries(
    types.map(([name, members]) => {
      const path = memberPath('requestTypes', name);
      parseIdentifier(name, path);
      if (name === total) malformed('must not be called total, which names the sum', path);
      return [name, parseRequestType(members, path)];
    }),
  );
}

function parseRequestType(value: unknown, path: string): RequestTypeScenario {
  const members = parseMembers(value, path, [
    'arrivalsPerDraw',
    'slotsPerDraw',
    'backlog',
    'abandonPerDraw',
    'noShow',
    'priorityShare',
    'bookingsPerHour',
  ]);
  const requestType: RequestTypeScenario = {
    arrivalsPerDraw: parseNumber(members.arrivalsPerDraw, `${path}.arrivalsPerDraw`, mostCounted),
    slotsPerDraw: parseInteger(members.slotsPerDraw, `${path}.slotsPerDraw`, 0, mostCounted),
    backlog: integer(members, 'backlog', path, 0, 0, mostCounted),
    abandonPerDraw: share(members, 'abandonPerDraw', path),
    noShow: share(members, 'noShow', path),
    priorityShare: share(members, 'priorityShare', path),
  };
  if (!Object.hasOwn(members, 'bookingsPerHour')) return requestType;
  return { ...requestType, bookingsPerHour: positive(members, 'bookingsPerHour', path) };
}

function parseKnownRules(value: unknown, requestTypes: RequestTypes): Rules {
  const rules = parseRules(value);
  for (const name of Object.keys(rules.quotas ?? {})) {
    if (!Object.hasOwn(requestTypes, name)) {
      malformed('must be a request type of the scenario', memberPath('rules.quotas', name));
    }
  }
  return rules;
}

function parseScalpers(value: unknown, requestTypes: RequestTypes): Scalpers {
  const path = 'scalpers';
  const members = parseMembers(value, path, [
    'identities',
    'requestTypes',
    'price',
    'costPerBooking',
    'botLatencyMs',
    'humanRefreshPerSecond',
    'copiesPerClient',
    'nameEditable',
    'deskIdentityCheck',
    'oneEntryPerIdentity',
    'freedSlots',
    'fakeIdentitiesFree',
  ]);
  return {
    identities: parseInteger(members.identities, 'scalpers.identities', 0, mostCounted),
    requestTypes: parseAttacked(members, requestTypes),
    price: parseNumber(members.price, 'scalpers.price'),
    costPerBooking: number(members, 'costPerBooking', path, 0),
    botLatencyMs: number(members, 'botLatencyMs', path, 0),
    humanRefreshPerSecond: number(members, 'humanRefreshPerSecond', path, 0),
    copiesPerClient: integer(members, 'copiesPerClient', path, 10, 1, mostCounted),
    nameEditable: flag(members, 'nameEditable', path, false),
    deskIdentityCheck: flag(members, 'deskIdentityCheck', path, true),
    oneEntryPerIdentity: flag(members, 'oneEntryPerIdentity', path, true),
    freedSlots: Object.hasOwn(members, 'freedSlots')
      ? parseWord(members.freedSlots, 'scalpers.freedSlots', freedSlots)
      : 'next-draw',
    fakeIdentitiesFree: flag(members, 'fakeIdentitiesFree', path, false),
  };
}

function parseAttacked(members: Members, requestTypes: RequestTypes): readonly string[] {
  if (!Object.hasOwn(members, 'requestTypes')) return Object.keys(requestTypes);
  const value = members.requestTypes;
  checkSet(value, 'scalpers.requestTypes', (item, path) => {
    if (typeof item !== 'string' || !Object.hasOwn(requestTypes, item)) {
      malformed('must be a request type of the scenario', path);
    }
  });
  return value as string[]; // checked item by item above
}

function parsePolls(value: unknown): Polls {
  const members = parseMembers(value, 'polls', ['everyHours', 'errorShare']);
  return {
    everyHours: Object.hasOwn(members, 'everyHours') ? positive(members, 'everyHours', 'polls') : 1,
    errorShare: share(members, 'errorShare', 'polls'),
  };
}

function parseNumber(value: unknown, path: string, max = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= max) {
    return value;
  }
  const bound = Number.isFinite(max) ? `0 to ${max}` : '0 or more';
  return malformed(`must be a number, ${bound}`, path);
}

function parseWord<Word extends string>(
  value: unknown,
  path: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === value);
  return word ?? malformed(`must be one of ${words.join(', ')}`, path);
}

/** The members below are optional: absent, they have their default. */
function integer(
  members: Members,
  name: string,
  path: string,
  absent: number,
  min: number,
  max: number,
): number {
  if (!Object.hasOwn(members, name)) return absent;
  return parseInteger(members[name], memberPath(path, name), min, max);
}

function number(members: Members, name: string, path: string, absent: number): number {
  if (!Object.hasOwn(members, name)) return absent;
  return parseNumber(members[name], memberPath(path, name));
}

function positive(members: Members, name: string, path: string): number {
  const value = parseNumber(members[name], memberPath(path, name));
  return value > 0 ? value : malformed('must be a number above 0', memberPath(path, name));
}

function share(members: Members, name: string, path: string): number {
  if (!Object.hasOwn(members, name)) return 0;
  return parseNumber(members[name], memberPath(path, name), 1);
}

function flag(members: Members, name: string, path: string, absent: boolean): boolean {
  if (!Object.hasOwn(members, name)) return absent;
  const value = members[name];
  if (typeof value !== 'boolean') malformed('must be true or false', memberPath(path, name));
  return value;
}
