import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { intervalChart } from '../../scripts/simulate/report/chart.ts';

const look = { color: '#000', symbol: 'circle', dash: '' } as const;
const line = { key: 'race', name: 'lottery and ageing', look };

/** Where a letter of 13 px is about 8 wide, 9.4 if it is a bold capital. */
function texts(unit: 'share' | 'number', high: number, facet: string, part: string) {
  const text = { title: 't', xLabel: 'x', xUnit: unit, language: 'fr' } as const;
  const point = { facet, key: 'race', mean: high, low: 0, high };
  const svg = intervalChart({ ...text, facets: [facet], lines: [line], points: [point] });
  return [...parseHTML(svg).document.querySelectorAll(part)];
}

const startOf = (text: { getAttribute(name: string): string | null }) =>
  Number(/translate\(([-\d.]+)/.exec(text.getAttribute('transform') ?? '')?.[1]);

test.each([
  ...[0.09, 0.14, 0.337, 0.35, 0.6, 0.8, 1].map((high) => ['share', high] as const),
  ...[30, 4729, 12_000, 480_000, 3_000_000].map((high) => ['number', high] as const),
])('labels of an axis do not run into each other: a %s up to %d', (unit, high) => {
  const ticks = texts(unit, high, 'f', '[data-part="x-axis tick label"] text');
  expect(ticks.length).toBeGreaterThan(1);
  const ends = ticks.map((tick) => {
    const half = 3 + 4 * (tick.textContent?.length ?? 0);
    return { from: startOf(tick) - half, to: startOf(tick) + half };
  });
  for (const [index, { from }] of ends.entries()) {
    if (index > 0) expect(from).toBeGreaterThan(ends[index - 1]?.to ?? 0);
  }
});

test.each([1, 20, 32, 48])('the name of a block stays within the plot: %d letters', (length) => {
  const facet = 'M'.repeat(length);
  const name = texts('share', 1, facet, 'text').find(({ textContent }) => textContent === facet);
  const placed = name?.closest('[data-part="text"]');
  if (!name || !placed) throw new Error('the block has a name');
  const size = Number(name.closest('[font-size]')?.getAttribute('font-size') ?? 13);
  const moved = placed.getAttribute('transform') === null ? 0 : startOf(placed);
  const from = startOf(name) + moved;
  expect(from).toBeGreaterThanOrEqual(0);
  expect(from + 0.72 * size * length).toBeLessThanOrEqual(420);
});
