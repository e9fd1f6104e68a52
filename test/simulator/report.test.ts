import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../scripts/simulate/report/answer.ts';
import { shortNumber, shortShare } from '../../scripts/simulate/report/chart.ts';
import { lorenz, survival } from '../../scripts/simulate/report/curves.ts';
import { figuresOf } from '../../scripts/simulate/report/figures.ts';
import type { ReportInput } from '../../scripts/simulate/report/view.ts';
import { writtenEstimate } from '../../scripts/simulate/report/wording.ts';
import { renderReport } from '../../scripts/simulate/report.ts';
import { reportInput } from './report-support.ts';

let input: ReportInput;
beforeAll(async () => {
  input = await reportInput();
});

test('survival counts those censored as at risk and never as served', () => {
  // Ten at risk: 2 served, 3 gone; five at risk: 1 served; four still waiting.
  const steps = survival({ servedWaits: [0, 2, 1], leftWaits: [0, 3], waitingSoFar: [0, 0, 4] });
  expect(steps.map(({ atRisk }) => atRisk)).toEqual([10, 10, 5]);
  expect(steps.map(({ share }) => share)).toEqual([1, 0.8, expect.closeTo(0.64)]);
  const se = 0.64 * Math.sqrt(2 / (10 * 8) + 1 / (5 * 4));
  expect(steps[2]?.low).toBeCloseTo(0.64 - 1.96 * se);
});

test('a Lorenz curve of equal waits is the diagonal', () => {
  expect(lorenz([0, 0, 5])).toEqual([
    { people: 0, waiting: 0 },
    { people: 1, waiting: 1 },
  ]);
  expect(lorenz([0, 2, 0, 2])[1]).toEqual({ people: 0.5, waiting: 0.25 });
  expect(lorenz([])).toEqual([]);
});

test('the numbers behind the figures stay the same', () => {
  const numbers = figuresOf(input).map(({ id, columns, rows }) => {
    return { id, columns: columns.map(({ name }) => name), rows: rows.slice(0, 4) };
  });
  expect(numbers).toMatchSnapshot();
});

test('ticks keep their thousands and lose only idle decimals', () => {
  const ticks = [0, 0.5, 12.25, 1000, 5000].map((value) => shortNumber(value, 'en'));
  expect(ticks).toEqual(['0', '0.5', '12.3', '1,000', '5,000']);
  expect(shortNumber(0.5, 'fr')).toBe('0,5');
  expect(shortNumber(1000, 'fr')).toBe('1\u202f000');
});

test('tiny shares are not all written as none', () => {
  const axis = [0, 0.00002, 0.0005, 0.001, 0.05, 0.1, 1].map((value) => shortShare(value, 'fr'));
  const percent = ['0', '0,002', '0,05', '0,1', '5', '10', '100'].map((one) => `${one}\u00a0%`);
  expect(axis).toEqual(percent);
  expect(writtenEstimate({ mean: 0.000_4, se: 0.000_02 }, 'share', 'en', 1000)).toBe(
    '0.040\u00a0±\u00a00.004%',
  );
  expect(writtenEstimate({ mean: 0.000_4, se: 0.02 }, 'share', 'en', 1000)).toBe(
    '0.0\u00a0±\u00a03.9%',
  );
});

test('the same input gives the same bytes', () => {
  expect(renderReport(input)).toBe(renderReport(input));
});

test('the page loads nothing and runs nothing', () => {
  const page = renderReport(input);
  expect(page).not.toMatch(/https?:\/\/|<script|<iframe|<img|@import|url\(|\son\w+=/i);
  const links = [...page.matchAll(/(?:href|src)="([^"]{0,5})/g)].map(([, start]) => start);
  expect(new Set(links)).toEqual(new Set(['data:']));
});

test('what a scenario puts into its name is text', async () => {
  const name = '</title><script>alert(1)</script>"\'&<b>';
  const page = renderReport(await reportInput({ name }));
  expect(page).not.toContain('<script');
  const { document } = parseHTML(page);
  expect(document.querySelectorAll('b, script')).toHaveLength(0);
  expect(document.querySelector('h1')?.textContent).toContain(name);
});

test('every figure has a title, a plot with named axes, a table and a file, in both languages', () => {
  const { document } = parseHTML(renderReport(input));
  const count = figuresOf(input).length;
  for (const language of ['fr', 'en']) {
    const figures = [...document.querySelectorAll(`section[lang=${language}] figure`)];
    expect(figures).toHaveLength(count);
    for (const figure of figures) {
      expect(figure.querySelector('figcaption h3')?.textContent).toBeTruthy();
      const plot = figure.querySelector('.chart svg');
      expect(plot?.getAttribute('aria-label')).toBeTruthy();
      expect(plot?.querySelectorAll('[aria-label]').length).toBe(0);
      expect(plot?.querySelector('[data-part="x-axis label"]')?.textContent).toBeTruthy();
      expect(figure.querySelectorAll('tbody tr').length).toBeGreaterThan(0);
      expect(figure.querySelector('a[download]')?.getAttribute('href')).toMatch(/^data:text\/csv/);
    }
  }
});

test('no id is used twice', () => {
  const { document } = parseHTML(renderReport(input));
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.getAttribute('id'));
  expect(new Set(ids).size).toBe(ids.length);
});

describe('nothing undefined is ever written', () => {
  const none = { arrivalsPerDraw: 5, slotsPerDraw: 0, backlog: 4 };
  test.each([
    ['one policy', { policies: ['fifo'] }],
    ['no scalper and no robot', { scalpers: undefined, polls: undefined }],
    ['no ageing', { rules: {} }],
    ['a single replication', { replications: 1 }],
    ['nobody served', { requestTypes: { AES: none } }],
    ['nobody there', { requestTypes: { AES: { arrivalsPerDraw: 0, slotsPerDraw: 2 } } }],
    [
      'many request types',
      { requestTypes: Object.fromEntries([...'abcdefgh'].map((name) => [name, none])) },
    ],
  ])('%s', async (_, change) => {
    const page = renderReport(await reportInput(change));
    expect(page.match(/.{0,60}(?:NaN|undefined|Infinity|\[object).{0,20}/)?.[0]).toBe(undefined);
  });
});

test('what was asked tells all that changes the figures', async () => {
  const VPF = { arrivalsPerDraw: 4, slotsPerDraw: 3, priorityShare: 0.25, bookingsPerHour: 1.5 };
  const asked = await reportInput({
    requestTypes: { VPF },
    rules: { priorityMax: 2 },
    scalpers: {
      ...{ identities: 3, price: 100, costPerBooking: 7 },
      botLatencyMs: 1000,
      humanRefreshPerSecond: Math.log(2),
    },
  });
  const page = renderReport(asked);
  for (const words of [
    '25.0% are on the priority track; in the race, 1.50 bookings an hour',
    'pays 7 for a booking',
    'first at a cancelled place 50.0% of the time',
    'paie 7 par réservation',
    '50,0\u00a0% du temps',
  ]) {
    expect(page).toContain(words);
  }
});

test('a report without scalpers says so', async () => {
  const { name, draws, requestTypes } = input.output.scenario;
  const bare = await reportInput({ name, draws, requestTypes, scalpers: undefined });
  expect(renderReport(bare)).toContain('The scenario has no scalper');
});

test('what was measured in 2019 is shown only for the scenario fitted to it', () => {
  expect(renderReport(input)).not.toContain('measured in 2019');
  const preset = renderReport({ ...input, preset: 'hauts-de-seine-2019' });
  expect(preset).toContain('This is a calibration, not a finding');
  expect(preset).toContain('C’est un calage, pas un résultat');
});

test('switches that need more identities than there are do not look harmless', async () => {
  const few = { identities: 9, price: 100 };
  const page = renderReport(await reportInput({ scalpers: few }));
  expect(page).toContain('9 identities for 10 copies per client: not a single client');
  expect(page).toContain('9 identités pour 10 copies par client\u00a0: pas un seul client');
  const enough = renderReport(await reportInput({ scalpers: { ...few, identities: 10 } }));
  expect(enough).not.toContain('not a single client');
});

describe('the answer', () => {
  /** Means and standard errors of waits, by policy, laid over a real output. */
  const answerFor = (waits: Record<string, readonly [number, number]>, replications = 100) => {
    const { output } = input;
    const scenario = { ...output.scenario, replications };
    const results = output.results.map((result) => {
      const [mean, se] = waits[result.policy] ?? [0, 0];
      return { ...result, figures: { ...result.figures, waitMean: { mean, se } } };
    });
    return answer({ ...input, output: { ...output, scenario, results } })[1]?.('en').split(
      ' – ',
    )[0];
  };

  test('names together the policies whose 95 % intervals overlap, others apart', () => {
    expect(
      answerFor({
        race: [5, 0.1],
        fifo: [9, 0.1],
        lottery: [5.3, 0.1],
        'lottery+ageing': [6, 0.1],
      }),
    ).toBe(
      'Mean wait of those served, in draws, from least to most: race 5.00\u00a0±\u00a00.20 and lottery 5.30\u00a0±\u00a00.20 (no clear difference); lottery + ageing 6.00\u00a0±\u00a00.20; queue 9.00\u00a0±\u00a00.20',
    );
  });

  test('says that all are alike where they are, without an order', () => {
    const same = [4.5, 0.1] as const;
    expect(answerFor({ race: same, fifo: same, lottery: same, 'lottery+ageing': same })).toBe(
      'Mean wait of those served, in draws: race, queue, lottery and lottery + ageing 4.50\u00a0±\u00a00.20 (no clear difference)',
    );
  });

  test('tells nothing apart by a single replication', async () => {
    const single = answer(await reportInput({ replications: 1 }));
    expect(single.map((said) => said('en')).join()).not.toMatch(/from (most|least) to/);
    expect(single[0]?.('en')).toContain('one replication cannot tell');
    expect(single[0]?.('fr')).toContain('une seule répétition ne les départage pas');
  });
});

test('whether paying helps is shown for each request type, never for all together', () => {
  const buyers = figuresOf(input).find(({ id }) => id === 'buyers');
  const types = new Set(buyers?.rows.map(([, type]) => type));
  expect(types).toEqual(new Set(Object.keys(input.output.scenario.requestTypes)));
});

test('an interval too narrow to be written is not written as none', () => {
  const text = (se: number) => writtenEstimate({ mean: 0.226, se }, 'share', 'en', 100);
  expect(text(0)).toBe('22.6%');
  expect(text(0.0001)).toBe('22.6\u00a0±\u00a0<\u00a00.1%');
});

test('a margin has as many decimals as its mean', () => {
  const text = (mean: number) => writtenEstimate({ mean, se: 2.345 }, 'number', 'en', 100);
  expect(text(4730.2)).toBe('4,730\u00a0±\u00a05');
  expect(text(17.94)).toBe('17.9\u00a0±\u00a04.7');
});
