import type { Accepts, Entry } from '../types.ts';

/** Beyond this many different availabilities, sharing them would cost more than it saves. */
const mostShared = 65_536;

/**
 * Lets entries share what many of them have in common: request types and availabilities. A million
 * entries then take a fraction of the memory. The entries that come out are equal to those given.
 */
export function createInterner(): (entry: Entry) => Entry {
  const types = new Map<string, string>();
  const availabilities = new Map<string, Accepts>();
  const shareAccepts = (accepts: Accepts): Accepts => {
    const key = JSON.stringify(accepts);
    const shared = availabilities.get(key);
    if (shared) return shared;
    if (availabilities.size < mostShared) availabilities.set(key, accepts);
    return accepts;
  };
  return (entry) => {
    const requestType = types.get(entry.requestType) ?? entry.requestType;
    types.set(requestType, requestType);
    const { id, missed, priority, party, owed, resting, accepts } = entry;
    return {
      id,
      requestType,
      missed,
      ...(priority === undefined ? {} : { priority }),
      ...(party === undefined ? {} : { party }),
      ...(owed === undefined ? {} : { owed }),
      ...(resting === undefined ? {} : { resting }),
      ...(accepts === undefined ? {} : { accepts: shareAccepts(accepts) }),
    };
  };
}
