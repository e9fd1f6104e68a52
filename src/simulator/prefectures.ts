import { DomainError } from '../base/errors.ts';
import {
  malformed,
  parseIdentifier,
  parseList,
  parseMembers,
  parseObject,
} from '../base/parse-values.ts';
import { parseName, parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

/** One prefecture's scenario. */
export interface PrefectureScenario {
  readonly prefecture: string;
  readonly scenario: Scenario;
}

export interface Prefectures {
  readonly name: string;
  readonly prefectures: readonly PrefectureScenario[];
}

/** Members that all prefectures must share, so that their figures can be added up. */
const shared = ['draws', 'warmup', 'drawEveryDays', 'replications', 'policies'];

/** Whether a file describes several prefectures rather than one scenario. Pure. */
export function isPrefectures(file: unknown): boolean {
  return typeof file === 'object' && file !== null && Object.hasOwn(file, 'prefectures');
}

/**
 * Reads `{"name", "common", "prefectures": [{"prefecture", …}, …]}`: the members of each prefecture
 * are laid over the common ones, which makes a scenario. Pure.
 *
 * @param change applied to every scenario before it is read.
 * @throws DomainError `input_malformed` naming the member at fault (`prefectures[3].requestTypes`).
 */
export function prefecturesOf(file: unknown, change: (scenario: unknown) => unknown): Prefectures {
  const members = parseMembers(file, '', ['name', 'common', 'prefectures']);
  const common = parseObject(members.common ?? {}, 'common');
  const items = parseList(members.prefectures, 'prefectures');
  if (items.length === 0 || items.length > 1000) {
    malformed('must have 1 to 1000 items', 'prefectures');
  }
  const name = parseName(members.name);
  const seen = new Set<string>();
  const prefectures = items.map((item, index) => {
    const path = `prefectures[${index}]`;
    const { prefecture, ...own } = parseObject(item, path);
    const code = parseIdentifier(prefecture, `${path}.prefecture`);
    if (seen.has(code)) malformed('must not repeat an earlier item', `${path}.prefecture`);
    seen.add(code);
    for (const name of shared) {
      if (Object.hasOwn(own, name)) malformed('must be given in common', `${path}.${name}`);
    }
    const scenario = change({ name: code, ...common, ...own });
    return { prefecture: code, scenario: parseAt(path, scenario) };
  });
  return { name, prefectures };
}

function parseAt(path: string, scenario: unknown): Scenario {
  try {
    return parseScenario(scenario);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const member = error.member ? `${path}.${error.member}` : path;
    throw new DomainError(error.code, error.message, member);
  }
}
