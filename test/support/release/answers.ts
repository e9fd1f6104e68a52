import { entryId, type Story } from './story.ts';

/** One question to the API of a release, and what it answered. */
export interface Answer {
  /** Name of an agent or entry of the story; '' for anybody. */
  readonly as: string;
  readonly path: string;
  readonly status: number;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

/** Lists that come in no order: the order of Redis, which each process of it makes for itself. */
const UNORDERED = ['entries', 'slots', 'priorities', 'agents', 'helpers', 'messages', 'appeals'];

const publicPaths = [
  ...['', '/sites', '/request-types', '/rules', '/statistics', '/draws'],
  ...['/register/checkpoint', '/register/heads', '/register/counts', '/register/keys'],
];

const agentPaths: readonly (readonly [string, string])[] = [
  ['agent', '/entries?limit=1000'],
  ['agent', '/slots?limit=1000'],
  ['admin', '/agents'],
  ['admin', '/helpers'],
  ['supervisor', '/priorities?limit=1000'],
  ['supervisor', '/flagged-sets?state=open'],
  ['supervisor', '/flagged-sets?state=settled'],
  ['supervisor', '/appeals'],
  ['supervisor', '/messages'],
  ['agent', '/letter-batches'],
  ['auditor', '/draw-schedules'],
  ['helper', '/helper-entries'],
  ['supervisor', '/abuse-report'],
  // Last: what was asked before stands in it.
  ['auditor', '/audit-log?limit=1000'],
];

/** Everything that is asked of a release, in an order that never changes. */
export function questionsOf(story: Story): { as: string; path: string }[] {
  const ofDraws = Object.keys(story.draws).flatMap((name) =>
    ['', '/manifest', '/record'].map((rest) => ({
      as: '',
      path: `/draws/${story.draws[name]}${rest}`,
    })),
  );
  const ofEntries = Object.keys(story.entries)
    .filter((name) => story.entries[name]?.token !== '')
    .flatMap((name) =>
      ['', '/draws', '/diagnosis', '/certificates', '/receipt', '/certificate', '/export'].map(
        (rest) => ({ as: name, path: `/entries/${entryId(story, name)}${rest}` }),
      ),
    );
  return [
    ...publicPaths.map((path) => ({ as: '', path })),
    ...ofDraws,
    ...ofEntries,
    ...agentPaths.map(([as, path]) => ({ as, path })),
  ];
}

/** Asks one question; `url` is where the service answers for the prefecture. */
export async function ask(
  url: string,
  { agents, entries }: Pick<Story, 'agents' | 'entries'>,
  { as, path }: { as: string; path: string },
): Promise<Answer> {
  const token = agents[as] ?? entries[as]?.token;
  const response = await fetch(`${url}${path}`, {
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      'audit-reason': 'questions to a release',
    },
  });
  const text = await response.text();
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? inOrder(JSON.parse(text)) : text;
  return { as, path, status: response.status, body };
}

function inOrder(body: Record<string, unknown>): Record<string, unknown> {
  const members = Object.entries(body).map(([name, value]) => {
    if (!UNORDERED.includes(name) || !Array.isArray(value)) return [name, value];
    return [name, value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
  });
  return Object.fromEntries(members);
}
