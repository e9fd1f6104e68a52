import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Api, prefecture } from '../api/harness.ts';
import type { Answer } from './album.ts';
import { written } from './album.ts';
import type { Cast } from './story.ts';
import { firstDraw, type GoldenWorld, idOf, keyOf, secondDraw } from './world.ts';

const Operation = z.looseObject({
  operationId: z.string(),
  requestBody: z.unknown().optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** One operation as the document of the API names it. */
export interface Documented {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly hasBody: boolean;
  readonly isPaper: boolean;
}

/** Every operation that is documented. */
export function documented(): Documented[] {
  const { paths } = Document.parse(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, value]) => {
      const { data } = Operation.safeParse(value);
      if (!data) return [];
      const { operationId: id, requestBody, responses } = data;
      const isPaper = 'application/pdf' in (responses['200']?.content ?? {});
      return {
        id,
        method: method.toUpperCase(),
        path,
        hasBody: requestBody !== undefined,
        isPaper,
      };
    }),
  );
}

/** Everybody who may ask for something, by their tokens; the first has none. */
export function callersOf(world: GoldenWorld, cast: Cast): Readonly<Record<string, string>> {
  const roles = ['helper', 'auditor', 'agent', 'supervisor', 'admin'] as const;
  return {
    nobody: '',
    person: world.tokenOf(cast.lost),
    'another person': world.tokenOf(cast.booked),
    ...Object.fromEntries(roles.map((role) => [role, keyOf(role)])),
  };
}

/** A path with what the story has in the place of its parameters, and a query where one is needed. */
export function addressOf({ id, path }: Documented, cast: Cast): string {
  const entryId = /Mandate|Helped/.test(id) ? idOf('helped') : cast.lost;
  const [draw, offer] = id === 'readRecord' ? [secondDraw, ''] : [firstDraw, ''];
  const parameters: Readonly<Record<string, string>> = {
    prefecture,
    entryId: id === 'readAppeal' ? cast.lateCancel : entryId,
    drawId: draw,
    offerId: `${secondDraw}.${cast.offered}${offer}`,
    appointmentId: `${secondDraw}.${cast.booked}`,
    helperId: 'helper1',
    agentId: 'agent00000',
    slotId: 'slot-a',
    messageId: `welcome.${cast.lost}.1`,
    flagId: cast.lost,
    day: '2026-12-01',
    name: 'weekly',
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? name);
  const query: Readonly<Record<string, string>> = {
    readChallenge: '?purpose=join',
    proveRegisterConsistency: '?first=0&second=1',
    proveRegisterInclusion: '?index=0&size=1',
    beginLogin: `?prefecture=${prefecture}`,
    showAnswer: '?action=accept&signature=x',
    listEntries: '?limit=100',
  };
  return `${filled}${query[id] ?? ''}`;
}

/** What chance makes in answers of operations that make something. */
const chance = ['id', 'entry', 'token', 'key', 'agent', 'commitment', 'receipt', 'jws'];

function sorted(list: readonly unknown[], hide: (name: string, value: unknown) => unknown) {
  const texts = list.map((value) => [JSON.stringify(value, hide), value] as const);
  return texts.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** An answer as text; JSON on lines of its own. */
export function answered(answer: Answer, { isPaper = false, isMade = false } = {}): string {
  const type = answer.headers.get('content-type') ?? '';
  const hide = (name: string, value: unknown): unknown => {
    if (isMade && chance.includes(name) && typeof value === 'string') return `{${name}}`;
    // Redis lists these in an order of its own.
    if (['entries', 'slots'].includes(name) && Array.isArray(value)) return sorted(value, hide);
    return value;
  };
  const isOk = answer.status < 300;
  if (isPaper && isOk) return written({ ...answer, text: '(a paper)' });
  if (!/\/(problem\+)?json(;|$)/.test(type) || answer.text === '') return written(answer);
  return written({ ...answer, text: JSON.stringify(JSON.parse(answer.text), hide, 1) });
}

/** Asks in the name of each caller; callers who are answered alike are told together. */
export async function askAll(
  api: Api,
  callers: Readonly<Record<string, string>>,
  ask: { readonly method: string; readonly address: string; readonly json?: unknown },
  writeAnswer: (answer: Answer) => string,
): Promise<[string, string][]> {
  const said = new Map<string, string[]>();
  for (const [name, token] of Object.entries(callers)) {
    const options = { ...(token ? { token } : {}), ...('json' in ask ? { json: ask.json } : {}) };
    const text = writeAnswer(await api.send(ask.method, ask.address, options));
    said.set(text, [...(said.get(text) ?? []), name]);
  }
  return [...said].map(([text, names]) => [names.join(', '), text]);
}
