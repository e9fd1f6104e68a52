import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type Bounded, boundedLabel } from './bounded-label.ts';

/** A label whose values were bounded before: see `boundedLabel`. */
const wasBounded = 'bounded';
/** What a label may be: one of these words, one that was bounded before, or at most so many words. */
type LabelKind = readonly [string, ...string[]] | typeof wasBounded | { readonly atMost: number };

type LabelValue<Kind extends LabelKind> = Kind extends readonly (infer Word)[]
  ? Word
  : Kind extends typeof wasBounded
    ? Bounded
    : string;

type LabelKinds = Readonly<Record<string, LabelKind>>;
/** One value for each label: no other compiles. */
export type LabelsOf<Kinds extends LabelKinds> = {
  readonly [Name in keyof Kinds]: LabelValue<Kinds[Name]>;
};

interface Declared<Kinds extends LabelKinds> {
  readonly name: string;
  readonly help: string;
  readonly labels: Kinds;
  readonly registers: Registry[];
}

/** Counts things by labels from closed unions. */
export function counter<const Kinds extends LabelKinds>(declared: Declared<Kinds>) {
  const made = new Counter(shape(declared));
  const bound = binder(declared.labels);
  return {
    get: () => made.get(),
    inc: (labels: LabelsOf<Kinds>, by = 1) => made.inc(bound(labels), by),
  };
}

/** What is now, by labels from closed unions. */
export function gauge<const Kinds extends LabelKinds>(declared: Declared<Kinds>) {
  const made = new Gauge(shape(declared));
  const bound = binder(declared.labels);
  return {
    get: () => made.get(),
    set: (labels: LabelsOf<Kinds>, value: number) => made.set(bound(labels), value),
  };
}

/** How long things took, in seconds, by labels from closed unions. */
export function histogram<const Kinds extends LabelKinds>(
  declared: Declared<Kinds> & { readonly buckets: number[] },
) {
  const made = new Histogram({ ...shape(declared), buckets: declared.buckets });
  const bound = binder(declared.labels);
  return {
    get: () => made.get(),
    observe: (labels: LabelsOf<Kinds>, seconds: number) => made.observe(bound(labels), seconds),
  };
}

type Plain = Omit<Declared<LabelKinds>, 'labels'>;

/** Counts things of one sort. */
export function plainCounter(declared: Plain) {
  const made = new Counter({ ...declared, labelNames: [] });
  return { get: () => made.get(), inc: (by = 1) => made.inc(by) };
}

/** What is now, of one sort. */
export function plainGauge(declared: Plain) {
  const made = new Gauge({ ...declared, labelNames: [] });
  return { get: () => made.get(), set: (value: number) => made.set(value) };
}

function shape({ name, help, labels, registers }: Declared<LabelKinds>) {
  return { name, help, labelNames: Object.keys(labels), registers };
}

/** Sees to it that labels without words of their own have no more than they may. */
function binder(kinds: LabelKinds): (labels: Readonly<Record<string, string>>) => Labels {
  const bounds = Object.entries(kinds).flatMap(([name, kind]) =>
    typeof kind === 'object' && 'atMost' in kind
      ? [[name, boundedLabel(kind.atMost)] as const]
      : [],
  );
  if (bounds.length === 0) return (labels) => labels;
  return (labels) => {
    const all: Record<string, string> = { ...labels };
    for (const [name, bound] of bounds) all[name] = bound(labels[name] ?? '');
    return all;
  };
}

type Labels = Readonly<Record<string, string>>;
