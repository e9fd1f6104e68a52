import { createHash } from 'node:crypto';
import seedrandom from 'seedrandom';
import { z } from 'zod';
import type { Accepts } from '../../src/allocator/types.ts';
import { Language } from '../../src/base/languages.ts';
import type { RequestType } from '../../src/domain/prefectures/prefecture.ts';

const Weights = z.record(z.string(), z.number().min(0));
const Window = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1),
  from: z.string(),
  until: z.string(),
});

/** How the demo's crowd is mixed: examples/hauts-de-seine/crowd.json. */
export const CrowdMix = z.strictObject({
  people: z.int().min(1).max(100_000),
  requestTypes: Weights,
  languages: z.partialRecord(Language, z.number()),
  sites: z.array(
    z.strictObject({ name: z.string(), weight: z.number(), sites: z.array(z.string()) }),
  ),
  availability: z.array(
    z.strictObject({
      name: z.string(),
      weight: z.number(),
      windows: z.array(Window),
      notBeforeDays: z.int().min(0),
    }),
  ),
  /** Of people whose request type takes parties: the share who bring somebody along. */
  families: z.number().min(0).max(1).default(0),
  answers: z.strictObject({ accept: z.number(), decline: z.number(), silent: z.number() }),
  givenNames: z.array(z.string()).min(1),
  familyNames: z.array(z.string()).min(1),
});
export type CrowdMix = z.infer<typeof CrowdMix>;

export type Answer = 'accept' | 'decline' | 'silent';

/** One invented person: what they send to join, and how they answer an offer. */
export interface Member {
  readonly email: string;
  readonly answer: Answer;
  readonly request: {
    readonly requestType: string;
    readonly person: { readonly name: string; readonly document: Record<string, string> };
    readonly others?: readonly {
      readonly name: string;
      readonly document?: Record<string, string>;
      readonly birthDate?: string;
    }[];
    readonly contact: { readonly email: string };
    readonly language: Language;
    readonly accepts?: Accepts;
  };
}

interface CrowdOptions {
  readonly mix: CrowdMix;
  readonly requestTypes: readonly RequestType[];
  readonly people: number;
  /** Any text; hashed, because seedrandom repeats short seeds (`ab` equals `abab`). */
  readonly seed: string;
  /** `YYYY-MM-DD`: the first day of the slots. */
  readonly firstDay: string;
}

/** Invents a crowd. The same options always give the same people. */
export function inventCrowd({ mix, requestTypes, people, seed, firstDay }: CrowdOptions): Member[] {
  const random = seedrandom(createHash('sha256').update(seed).digest('hex'));
  const pick = <T>(options: readonly (readonly [T, number])[]): T => {
    let left = random() * options.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [option, weight] of options) {
      left -= weight;
      if (left < 0) return option;
    }
    throw new Error('no weight above 0');
  };
  const oneOf = <T>(list: readonly T[]): T => pick(list.map((item) => [item, 1]));
  const types = new Map(requestTypes.map((type) => [type.id, type]));
  const tag = createHash('sha256').update(`tag:${seed}`).digest('hex').slice(0, 6);

  return Array.from({ length: people }, (_, index) => {
    const requestType = pick(Object.entries(mix.requestTypes));
    const type = types.get(requestType);
    if (!type) throw new Error(`the crowd wants ${requestType}, which is no request type`);
    const accepts = acceptsOf(
      pick(mix.sites.map(({ sites, weight }) => [sites, weight])).filter((site) =>
        type.sites.includes(site),
      ),
      pick(mix.availability.map((availability) => [availability, availability.weight])),
      firstDay,
    );
    const email = `personne-${tag}-${index}@example.org`;
    const number = String(Math.floor(random() * 1e10)).padStart(10, '0');
    return {
      email,
      answer: pick(Object.entries(mix.answers) as [Answer, number][]), // keys by CrowdMix
      request: {
        requestType,
        person: {
          name: `${oneOf(mix.givenNames)} ${oneOf(mix.familyNames)}`,
          document: type.agdrefRequired
            ? { kind: 'agdref', number }
            : { kind: 'passport', country: 'XXA', number: `EX${number}` },
        },
        contact: { email },
        language: pick(Object.entries(mix.languages) as [Language, number][]), // same
        ...(accepts === undefined ? {} : { accepts }),
      },
    };
  });
}

function acceptsOf(
  sites: readonly string[],
  { windows, notBeforeDays }: CrowdMix['availability'][number],
  firstDay: string,
): Accepts | undefined {
  const notBefore = new Date(Date.parse(firstDay) + notBeforeDays * 86_400_000);
  const accepts: Accepts = {
    ...(sites.length === 0 ? {} : { sites }),
    ...(windows.length === 0 ? {} : { windows }),
    ...(notBeforeDays === 0 ? {} : { notBefore: notBefore.toISOString().slice(0, 10) }),
  };
  return Object.keys(accepts).length === 0 ? undefined : accepts;
}

/**
 * Lets some of a crowd come with their families, where their request type takes parties: a partner, then
 * children. Nobody else of the crowd is changed. The same options always give the same families.
 */
export function withFamilies(
  crowd: readonly Member[],
  { mix, requestTypes, seed }: Pick<CrowdOptions, 'mix' | 'requestTypes' | 'seed'>,
): Member[] {
  const random = seedrandom(createHash('sha256').update(`families:${seed}`).digest('hex'));
  const types = new Map(requestTypes.map((type) => [type.id, type]));
  return crowd.map((member) => {
    const { requestType, person } = member.request;
    const { partyMax = 1, agdrefRequired = false } = types.get(requestType) ?? {};
    if (partyMax === 1 || random() >= mix.families) return member;
    const family = person.name.slice(person.name.indexOf(' ') + 1);
    const count = 1 + Math.floor(random() * (partyMax - 1));
    const others = Array.from({ length: count }, (_, at) => {
      const given = mix.givenNames[Math.floor(random() * mix.givenNames.length)] ?? 'Alex';
      const name = `${given} ${family}`;
      const number = String(Math.floor(random() * 1e10)).padStart(10, '0');
      if (at > 0) return { name, birthDate: `20${10 + Math.floor(random() * 10)}-05-17` };
      const document = agdrefRequired
        ? { kind: 'agdref', number }
        : { kind: 'passport', country: 'XXA', number: `EX${number}` };
      return { name, document };
    });
    return { ...member, request: { ...member.request, others } };
  });
}
