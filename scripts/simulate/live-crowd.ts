import type { RequestType } from '../../src/domain/prefectures/prefecture.ts';
import { type CrowdMix, inventCrowd, type Member } from '../demo/crowd.ts';
import { Refusal } from './refusal.ts';

export interface LiveMember extends Member {
  readonly kind: 'person' | 'bot';
}

interface LiveCrowdOptions {
  readonly people: number;
  readonly bots: number;
  readonly seed: string;
  readonly requestTypes: readonly RequestType[];
  readonly firstDay: string;
}

/**
 * Invents people and, after them, bots: false identities, each with a document and an address of its
 * own. Both want and can come alike, so that only a lottery that tells them apart treats them
 * differently. They want what the example's crowd wants, as far as the service offers it.
 */
export function inventLiveCrowd(mix: CrowdMix, options: LiveCrowdOptions): LiveMember[] {
  const { people, bots, requestTypes } = options;
  const offered = requestTypes.map(({ id }) => id);
  if (offered.length === 0) throw new Refusal('--prefecture: has no request types');
  const known = offered.filter((id) => (mix.requestTypes[id] ?? 0) > 0);
  const wanted = Object.fromEntries(
    known.length > 0
      ? known.map((id) => [id, mix.requestTypes[id] ?? 0])
      : offered.map((id) => [id, 1]),
  );
  const crowd = inventCrowd({
    ...options,
    mix: { ...mix, requestTypes: wanted },
    people: people + bots,
  });
  return crowd.map((member, index) => {
    if (index < people) return { ...member, kind: 'person' };
    const email = member.email.replace(/^personne-/, 'bot-');
    return { ...member, kind: 'bot', email, request: { ...member.request, contact: { email } } };
  });
}
