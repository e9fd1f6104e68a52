import { jcs } from '../../base/jcs.ts';
import {
  checkDate,
  checkEndTime,
  checkInstant,
  checkStart,
  checkTime,
} from '../../base/parse-times.ts';
import {
  checkSet,
  malformed,
  memberPath,
  parseHex,
  parseIdentifier,
  parseInteger,
  parseMembers,
  parseObject,
} from '../../base/parse-values.ts';
import {
  ALGORITHMS,
  type Algorithm,
  type EntropySource,
  type Entry,
  LARGEST_PARTY,
  type Manifest,
  type Rules,
  type Slot,
} from '../types.ts';

// Each function checks a value of JSON and gives back that same value, now typed: what is hashed is
// the object as it was given. Members of v2 are refused unless it is asked for: to forget it is loud.

const entryMembers = ['id', 'requestType', 'missed', 'priority', 'accepts'];
const knownOfEntry: Readonly<Record<Algorithm, readonly string[]>> = {
  'lottery/v1': entryMembers,
  'lottery/v2': [...entryMembers, 'party', 'owed', 'resting'],
};

/** @throws DomainError `input_malformed` naming the member at fault, its path beginning with `path`. */
export function parseEntry(
  value: unknown,
  path = 'entry',
  algorithm: Algorithm = 'lottery/v1',
): Entry {
  const entry = parseMembers(value, path, knownOfEntry[algorithm]);
  parseIdentifier(entry.id, `${path}.id`);
  parseIdentifier(entry.requestType, `${path}.requestType`);
  parseInteger(entry.missed, `${path}.missed`, 0);
  for (const name of ['priority', 'owed', 'resting']) {
    if (Object.hasOwn(entry, name) && entry[name] !== true) {
      malformed('must be true, or absent', `${path}.${name}`);
    }
  }
  checkOptionalInteger(entry, 'party', path, 2, LARGEST_PARTY);
  if (Object.hasOwn(entry, 'accepts')) checkAccepts(entry.accepts, `${path}.accepts`);
  return value as Entry; // checked member by member above
}

function checkAccepts(value: unknown, path: string): void {
  const accepts = parseMembers(value, path, ['sites', 'windows', 'notBefore', 'notAfter']);
  if (Object.hasOwn(accepts, 'sites')) checkSet(accepts.sites, `${path}.sites`, parseIdentifier);
  if (Object.hasOwn(accepts, 'windows')) {
    checkSet(accepts.windows, `${path}.windows`, checkWindow, jcs);
  }
  for (const name of ['notBefore', 'notAfter']) {
    if (Object.hasOwn(accepts, name)) checkDate(accepts[name], `${path}.${name}`);
  }
}

function checkWindow(value: unknown, path: string): void {
  const window = parseMembers(value, path, ['days', 'from', 'until']);
  checkSet(window.days, `${path}.days`, (day, dayPath) => parseInteger(day, dayPath, 1, 7));
  checkTime(window.from, `${path}.from`);
  checkEndTime(window.until, `${path}.until`);
}

/** @throws DomainError `input_malformed` naming the member at fault, its path beginning with `path`. */
export function parseSlot(value: unknown, path = 'slot'): Slot {
  const slot = parseMembers(value, path, ['id', 'site', 'start', 'capacity', 'requestTypes']);
  parseIdentifier(slot.id, `${path}.id`);
  parseIdentifier(slot.site, `${path}.site`);
  checkStart(slot.start, `${path}.start`);
  parseInteger(slot.capacity, `${path}.capacity`, 1);
  checkSet(slot.requestTypes, `${path}.requestTypes`, parseIdentifier);
  return value as Slot; // checked member by member above
}

const ageingMembers = ['ticketsPerMiss', 'maxTickets', 'guaranteeAfter'];
const knownOfAgeing: Readonly<Record<Algorithm, readonly string[]>> = {
  'lottery/v1': ageingMembers,
  'lottery/v2': [...ageingMembers, 'guaranteeRest'],
};

/** @throws DomainError `input_malformed` naming the member at fault, its path beginning with `path`. */
export function parseRules(
  value: unknown,
  path = 'rules',
  algorithm: Algorithm = 'lottery/v1',
): Rules {
  const rules = parseMembers(value, path, ['quotas', 'priorityMax', 'ageing']);
  if (Object.hasOwn(rules, 'quotas')) checkQuotas(rules.quotas, `${path}.quotas`);
  checkOptionalInteger(rules, 'priorityMax', path, 0);
  if (Object.hasOwn(rules, 'ageing')) {
    const ageingPath = `${path}.ageing`;
    const ageing = parseMembers(rules.ageing, ageingPath, knownOfAgeing[algorithm]);
    checkOptionalInteger(ageing, 'ticketsPerMiss', ageingPath, 0, 1000);
    checkOptionalInteger(ageing, 'maxTickets', ageingPath, 1, 1000);
    checkOptionalInteger(ageing, 'guaranteeAfter', ageingPath, 0);
    checkOptionalInteger(ageing, 'guaranteeRest', ageingPath, 0, 100);
  }
  return value as Rules; // checked member by member above
}

function checkQuotas(value: unknown, path: string): void {
  const quotas = parseObject(value, path);
  for (const requestType of Object.keys(quotas)) {
    const quotaPath = memberPath(path, requestType);
    parseIdentifier(requestType, quotaPath);
    const quota = parseMembers(quotas[requestType], quotaPath, ['min', 'max']);
    checkOptionalInteger(quota, 'min', quotaPath, 0);
    checkOptionalInteger(quota, 'max', quotaPath, 0);
  }
}

function checkOptionalInteger(
  members: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  min: number,
  max?: number,
): void {
  if (Object.hasOwn(members, name)) parseInteger(members[name], `${path}.${name}`, min, max);
}

/** @throws DomainError `input_malformed` naming the member at fault, its path beginning with `path`. */
export function parseManifest(value: unknown, path = 'manifest'): Manifest {
  const manifest = parseMembers(value, path, [
    'algorithm',
    'draw',
    'prefecture',
    'frozenAt',
    'rules',
    'entries',
    'slots',
    'entropy',
  ]);
  const algorithm = ALGORITHMS.find((known) => known === manifest.algorithm);
  if (!algorithm) malformed('must be "lottery/v1" or "lottery/v2"', `${path}.algorithm`);
  parseIdentifier(manifest.draw, `${path}.draw`);
  parseIdentifier(manifest.prefecture, `${path}.prefecture`);
  checkInstant(manifest.frozenAt, `${path}.frozenAt`);
  parseRules(manifest.rules, `${path}.rules`, algorithm);
  checkCommitment(manifest.entries, `${path}.entries`);
  checkCommitment(manifest.slots, `${path}.slots`);
  parseEntropySource(manifest.entropy, `${path}.entropy`);
  return value as Manifest; // checked member by member above
}

function checkCommitment(value: unknown, path: string): void {
  const { count, root } = parseMembers(value, path, ['count', 'root']);
  parseInteger(count, `${path}.count`, 0);
  parseHex(root, `${path}.root`, 64);
}

/** @throws DomainError `input_malformed` naming the member at fault, its path beginning with `path`. */
export function parseEntropySource(value: unknown, path = 'entropy'): EntropySource {
  const { source } = parseObject(value, path);
  if (source === 'drand') {
    const { chain, round } = parseMembers(value, path, ['source', 'chain', 'round']);
    parseHex(chain, `${path}.chain`, 64);
    parseInteger(round, `${path}.round`, 1);
  } else if (source === 'operator') {
    const { commitment } = parseMembers(value, path, ['source', 'commitment']);
    parseHex(commitment, `${path}.commitment`, 64);
  } else {
    malformed('must be "drand" or "operator"', `${path}.source`);
  }
  return value as EntropySource; // checked member by member above
}
