import { createAfterVoid } from './after-void.ts';
import { createOverdue } from './overdue.ts';
import { Refusal } from './refusal.ts';

/** An entry of the register: its members are compared, never trusted. */
export type Leaf = Readonly<Record<string, unknown>>;

/** What a draw goes through once at most. */
const steps: readonly unknown[] = [
  ...['scheduled', 'manifest', 'outcome', 'void', 'superseded', 'skipped'],
];

/** After these nothing comes, but for events of a draw that was void. */
const ends = ['void', 'superseded', 'skipped'];

interface Told {
  readonly steps: Set<unknown>;
  repeatedBy?: string;
}

/**
 * Follows the entries of a register, and refuses what may not be: a draw planned, frozen, drawn or
 * made void twice, one that goes on after it was void, the repeat of a draw that is not void, or a
 * second repeat. So each draw was run once under its id, and each further try was counted.
 */
export function createHistory() {
  const draws = new Map<string, Told>();
  const afterVoid = createAfterVoid();
  const overdue = createOverdue();
  const counts = {
    ...{ scheduled: 0, outcome: 0, weaker: 0, void: 0, superseded: 0, skipped: 0 },
    ...{ repeated: 0, rules: 0 },
  };

  const toldOf = (draw: string): Told => {
    const told = draws.get(draw) ?? { steps: new Set() };
    draws.set(draw, told);
    return told;
  };

  const given = () =>
    (['superseded', 'skipped'] as const)
      .flatMap((kind) => (counts[kind] === 0 ? [] : [`, ${kind}: ${counts[kind]}`]))
      .join('');

  return {
    /** Takes the next entry; `number` counts from 1. @throws Refusal 1 */
    see(number: number, leaf: Leaf): void {
      const { kind, draw, replaces, entropy } = leaf;
      if (kind === 'rules') counts.rules += 1;
      if (typeof draw !== 'string' || !steps.includes(kind)) return;
      const told = toldOf(draw);
      if (told.steps.has(kind)) differ(number, `is a second ${kind} for draw ${draw}`);
      const end = ends.find((one) => told.steps.has(one));
      if (end !== undefined) differ(number, `is ${kind} of draw ${draw}, which is ${end}`);
      told.steps.add(kind);
      afterVoid.see(number, leaf);
      overdue.see(leaf);
      if (kind === 'scheduled') counts.scheduled += 1;
      if (kind === 'void') counts.void += 1;
      if (kind === 'superseded') counts.superseded += 1;
      if (kind === 'skipped') counts.skipped += 1;
      if (kind === 'outcome') counts.outcome += 1;
      if (kind === 'outcome' && Object.hasOwn(Object(entropy), 'secret')) counts.weaker += 1;
      if (kind !== 'scheduled' || typeof replaces !== 'string') return;
      const other = toldOf(replaces);
      const mayBe = other.steps.has('void') || other.steps.has('superseded');
      if (!mayBe) differ(number, `repeats draw ${replaces}, which is not void`);
      if (other.repeatedBy !== undefined) {
        differ(number, `repeats draw ${replaces}, which ${other.repeatedBy} repeats already`);
      }
      other.repeatedBy = draw;
      counts.repeated += 1;
    },
    /** What nobody may overlook at an instant, a line each. */
    notes: (nowMs: number): string[] => [...afterVoid.notes, ...overdue.notes(nowMs)],
    /** What it tells in numbers, to be compared with `register/counts`. */
    summary: () =>
      `draws planned: ${counts.scheduled}, drawn: ${counts.outcome} (${counts.weaker} with the ` +
      `operator's secret, which is weaker), void: ${counts.void}, repeated: ${counts.repeated}${given()}; ` +
      `changes of rules: ${counts.rules}`,
  };
}

function differ(number: number, what: string): never {
  throw new Refusal(1, `register: entry ${number} ${what}`);
}

/** An entry that speaks of one draw. `number` counts from 1, as lines do. */
export interface NumberedLeaf {
  readonly number: number;
  readonly leaf: Leaf;
}

/**
 * What the register tells of one draw, step by step: also of one that has no record.
 *
 * @throws Refusal 1 if it does not speak of it.
 */
export function historyOf(draw: string, ofDraw: readonly NumberedLeaf[]): string[] {
  if (ofDraw.length === 0) throw new Refusal(1, `register: has no entry of draw ${draw}`);
  const of = (kind: string) => ofDraw.find(({ leaf }) => leaf.kind === kind && leaf.draw === draw);
  const told = ofDraw.flatMap(({ number, leaf }) => {
    const what = wordsOf(draw, leaf);
    return what === undefined ? [] : [`  entry ${number}, ${String(leaf.at)}: ${what}`];
  });
  const events = ofDraw.filter(({ leaf }) => leaf.kind === 'event' && leaf.draw === draw).length;
  const noResult = of('void') && !of('outcome');
  return [
    `draw ${draw} in the register:`,
    ...told,
    `  ${events} events`,
    ...(noResult
      ? ['  it was declared void before it had a result: there is none, and nothing to recompute']
      : []),
  ];
}

/** One entry in words; undefined for those that are only counted. */
function wordsOf(draw: string, leaf: Leaf): string | undefined {
  const { kind, plannedAt, replaces, stage, reason, agent, entropy, requestTypes } = leaf;
  const source = Object(entropy).source;
  if (kind === 'scheduled' && leaf.draw !== draw) return `draw ${String(leaf.draw)} repeats it`;
  if (kind === 'scheduled') {
    const weaker = source === 'operator' ? ', which is weaker' : '';
    const repeats = replaces === undefined ? '' : `; repeats the void draw ${String(replaces)}`;
    const types = requestTypes === undefined ? '' : `, for ${String(requestTypes)}`;
    const planned = `planned for ${String(plannedAt)}${types}, entropy ${String(source)}`;
    return `${planned}${weaker}${repeats}${afterOf(leaf)}`;
  }
  if (kind === 'manifest') return `manifest ${String(leaf.manifestHash)}${afterOf(leaf)}`;
  if (kind === 'outcome') return `outcome ${String(leaf.outcomeHash)}`;
  if (kind === 'superseded') return `superseded by key ${String(agent)}: ${String(reason)}`;
  if (kind === 'skipped') return `not held: ${String(reason)}`;
  if (kind !== 'void') return undefined;
  return `VOID (${String(stage)}) by key ${String(agent)}: ${String(reason)}`;
}

function afterOf({ afterVoid }: Leaf): string {
  return afterVoid === undefined ? '' : `; comes after the void draw ${String(afterVoid)}`;
}
