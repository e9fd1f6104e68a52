import { Registry } from 'prom-client';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { MessageKind } from '#src/domain/messages/kinds.ts';
import { boundedLabel } from '#src/metrics/bounded-label.ts';
import { counter } from '#src/metrics/labelled.ts';
import { createMetrics, type Metrics } from '#src/metrics/metrics.ts';
import { observeDraw } from '#src/metrics/observe-draw.ts';
import type { QueueName } from '#src/store/core/queues.ts';
import type { StepName } from '#src/usecases/steps.ts';

type Kind = Parameters<Metrics['notifications']['inc']>[0]['kind'];
type Queue = Parameters<Metrics['queueJobs']['set']>[0]['queue'];
type Step = Parameters<Metrics['drawDuration']['observe']>[0]['step'];

const draw = {
  entries: 12,
  places: 5,
  drawn: 3,
  requestTypes: {
    AES: { waiting: 10, drawn: 2 },
    CARD: { waiting: 2, drawn: 1 },
    NEW: { waiting: 0, drawn: 0 },
  },
};

describe('metrics', () => {
  test('labels have each word of what they count, and no other', () => {
    expectTypeOf<Kind>().toEqualTypeOf<MessageKind>();
    expectTypeOf<Queue>().toEqualTypeOf<QueueName>();
    expectTypeOf<Step>().toEqualTypeOf<StepName>();
  });

  test('two sets of metrics share no counts', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.joins.inc({ outcome: 'joined', request_type: one.requestType('AES') });
    expect(await one.registry.getSingleMetricAsString('tirage_joins_total')).toContain('AES');
    expect(await other.registry.getSingleMetricAsString('tirage_joins_total')).not.toContain('AES');
  });

  test('every name begins with tirage_ or belongs to the process', async () => {
    const names = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
    expect(names.filter((name) => !/^(tirage|process|nodejs)_/.test(name))).toEqual([]);
    expect(names).toContain('process_cpu_seconds_total');
  });

  test('a draw adds its entries and places, and what it left unfilled', async () => {
    const metrics = createMetrics();
    observeDraw(metrics, '92', draw);
    observeDraw(metrics, '92', draw);
    const total = async (name: string) =>
      (await metrics.registry.getSingleMetric(name)?.get())?.values.map(({ value }) => value);
    expect(await total('tirage_draw_entries_total')).toEqual([20, 4, 0]);
    expect(await total('tirage_draw_places_total')).toEqual([10]);
    expect(await total('tirage_draw_unfilled_places_total')).toEqual([4]);
  });

  test('the chance of a request type nobody waits for is not shown', async () => {
    const metrics = createMetrics();
    observeDraw(metrics, '92', draw);
    const { values } = await metrics.chance.get();
    expect(values.map(({ labels, value }) => [labels.request_type, value])).toEqual([
      ['AES', 0.2],
      ['CARD', 0.5],
    ]);
  });
});

describe('labels', () => {
  test('a word that is not one of a label does not compile', async () => {
    const metrics = createMetrics();
    const request_type = metrics.requestType('AES');
    const wrong = [
      // @ts-expect-error: not one of the outcomes
      () => metrics.joins.inc({ outcome: 'lost', request_type }),
      // @ts-expect-error: not bounded, so that there could be any number of them
      () => metrics.joins.inc({ outcome: 'joined', request_type: 'AES' }),
      // @ts-expect-error: a label is missing
      () => metrics.joins.inc({ outcome: 'joined' }),
      // @ts-expect-error: there is no such label
      () => metrics.draws.inc({ outcome: 'void', prefecture: '92' }),
      // @ts-expect-error: this metric has no labels
      () => metrics.drawPlaces.inc({ outcome: 'void' }),
    ];
    expect(wrong).toHaveLength(5); // none is called: the compiler is what is asked
    metrics.joins.inc({ outcome: 'joined', request_type });
    const { values } = await metrics.joins.get();
    expect(values.map(({ labels }) => labels)).toEqual([{ outcome: 'joined', request_type }]);
  });

  test('a label that is bounded by its metric has no more values than that', async () => {
    const registry = new Registry();
    const labels = { kind: { atMost: 2 }, outcome: ['sent', 'dead'] } as const;
    const made = counter({ name: 'some_total', help: 'Some.', labels, registers: [registry] });
    for (const kind of ['a', 'b', 'c', 'd']) made.inc({ kind, outcome: 'sent' });
    const { values } = await made.get();
    expect(values.map(({ labels, value }) => [labels.kind, value])).toEqual([
      ['a', 1],
      ['b', 1],
      ['other', 2],
    ]);
  });
});

describe('boundedLabel', () => {
  test('values beyond the bound become other, known ones stay', () => {
    const label = boundedLabel(2);
    expect(['a', 'b', 'c', 'a', 'b', 'd'].map(label)).toEqual([
      'a',
      'b',
      'other',
      'a',
      'b',
      'other',
    ]);
  });
});
