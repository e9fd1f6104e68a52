import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Language } from '../../../src/base/languages.ts';
import { numberSigns } from '../../../src/texts/numbers.ts';
import type { Unit } from './wording.ts';
import { written } from './wording.ts';

/** How a policy looks, told apart by shape and dashes as well as by colour. */
export interface Look {
  readonly color: string;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'times';
  readonly dash: string;
}

/** One series, drawn in the same way everywhere. */
export interface Line {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
}

export interface Point {
  readonly facet: string;
  readonly key: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface CurvePoint {
  readonly facet: string;
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

interface Common {
  readonly title: string;
  readonly language: Language;
  /** One small plot for each, from top to bottom. */
  readonly facets: readonly string[];
  readonly lines: readonly Line[];
  readonly xLabel: string;
  readonly xUnit: Unit;
}

export interface IntervalChart extends Common {
  readonly points: readonly Point[];
}

export interface CurveChart extends Common {
  readonly points: readonly CurvePoint[];
  readonly yLabel: string;
  readonly isStepped: boolean;
  /** The diagonal, for comparison. */
  readonly hasDiagonal?: boolean;
}

// Wide enough for a page of two columns, narrow enough to stay readable on a phone.
const width = 420;
/** Room for a block's name, as a share of a block. */
const facetGap = 0.3;

/** Means as marks with their 95 % intervals: a row for each series, a block for each facet. */
export function intervalChart(chart: IntervalChart): string {
  const { facets, lines, points, xUnit } = chart;
  const marks = lines.flatMap(({ key, name, look }) => {
    const own = points.filter((point) => point.key === key);
    const place = { fy: 'facet', y: () => name };
    return [
      Plot.ruleY(own, { ...place, x1: 'low', x2: 'high', stroke: look.color, strokeWidth: 2 }),
      Plot.tickX(own, { ...place, x: 'low', stroke: look.color, insetTop: 4, insetBottom: 4 }),
      Plot.tickX(own, { ...place, x: 'high', stroke: look.color, insetTop: 4, insetBottom: 4 }),
      Plot.dot(own, { ...place, x: 'mean', r: 4.5, symbol: look.symbol, ...paint(look) }),
    ];
  });
  const highest = Math.max(0, ...points.map(({ high }) => high));
  const lowest = Math.min(0, ...points.map(({ low }) => low));
  const top = highest === lowest ? 1 : highest;
  return draw(chart, {
    height: 56 + facets.length * (lines.length * 20 + 34),
    marginTop: 26,
    marginLeft: 22 + 7.4 * Math.max(...lines.map(({ name }) => name.length)),
    x: {
      domain: [lowest, xUnit === 'share' ? Math.min(1, top) : top],
      nice: true,
      ticks: ticksFor(chart, top),
    },
    y: { domain: lines.map(({ name }) => name), label: null, tickSize: 0, padding: 0.1 },
    marks: [
      Plot.gridX({ ticks: ticksFor(chart, top), stroke: '#999', strokeOpacity: 0.5 }),
      Plot.ruleX([0]),
      ...marks,
    ],
  });
}

function paint({
  color,
  symbol,
}: Look): { fill: string } | { stroke: string; strokeWidth: number } {
  return symbol === 'times' ? { stroke: color, strokeWidth: 2.5 } : { fill: color };
}

/** Curves with their 95 % bands, a block for each facet. */
export function curveChart(chart: CurveChart): string {
  const { facets, lines, points, yLabel, isStepped, hasDiagonal, language } = chart;
  const curve = isStepped ? 'step-after' : 'linear';
  const marks = lines.flatMap(({ key, look }) => {
    const own = points.filter((point) => point.key === key);
    const place = { fy: 'facet', x: 'x', curve } as const;
    return [
      Plot.areaY(own, { ...place, y1: 'low', y2: 'high', fill: look.color, fillOpacity: 0.18 }),
      Plot.line(own, {
        ...place,
        y: 'y',
        stroke: look.color,
        strokeWidth: 2,
        strokeDasharray: look.dash,
      }),
    ];
  });
  const diagonal = hasDiagonal
    ? facets.map((facet) =>
        Plot.line([0, 1], { fy: () => facet, x: (d) => d, y: (d) => d, stroke: '#767676' }),
      )
    : [];
  const highest = Math.max(1e-9, ...points.map(({ high }) => high));
  const last = Math.max(1, ...points.map(({ x }) => x));
  return draw(chart, {
    height: 84 + facets.length * (facets.length === 1 ? 240 : 150),
    marginLeft: 58,
    x: { domain: [0, last], ticks: ticksFor(chart, last) },
    y: {
      domain: [0, isStepped || hasDiagonal ? 1 : Math.min(1, highest * 1.05)],
      label: yLabel,
      labelAnchor: 'top',
      ticks: 4,
      tickFormat: (value: number) => shortShare(value, language),
      grid: true,
    },
    marks: [...diagonal, Plot.ruleY([0]), ...marks],
  });
}

function draw(chart: Common, options: Plot.PlotOptions): string {
  const { title, facets, xLabel } = chart;
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const names = facets.map((facet) => facetName(facet, options.marginLeft ?? 0));
  const figure = Plot.plot({
    ...options,
    document,
    width,
    marginRight: 26,
    marginTop: options.marginTop ?? 44,
    marginBottom: 46,
    ariaLabel: title,
    style: { fontSize: '13px', fontFamily: 'inherit', color: '#161616', background: 'none' },
    x: {
      ...options.x,
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: (value: number) => tickLabel(chart, value),
    },
    y: { ...options.y, labelArrow: 'none' },
    fy: { domain: [...facets], axis: null, padding: facets.length > 1 ? facetGap : 0 },
    marks: [...(options.marks ?? []), ...names],
  });
  figure.setAttribute('role', 'img');
  // An image is read out as a whole: parts without a role must have no label of their own.
  return figure.outerHTML
    .replaceAll(/ xmlns(?::xlink)?="[^"]*"/g, '')
    .replaceAll(/(<g\b[^>]*?) aria-label=/g, '$1 data-part=');
}

/** The name of a block above its left edge; a long one begins further left, in smaller letters if it must. */
function facetName(facet: string, marginLeft: number): Plot.Markish {
  const side = 4;
  const room = width - 2 * side;
  // A bold capital is about 0.75 of the letters' size wide.
  const fontSize = Math.min(13, room / (0.75 * facet.length));
  const needed = 0.75 * fontSize * facet.length;
  return Plot.text([facet], {
    fy: () => facet,
    text: () => facet,
    frameAnchor: 'top-left',
    textAnchor: 'start',
    dy: -15,
    dx: -Math.max(0, Math.min(marginLeft, marginLeft + needed - width) - side) || 0,
    fontSize,
    fontWeight: 'bold',
    fill: '#161616',
  });
}

/** About how many ticks and grid lines along the x axis: there may be half as many more. */
function ticksFor(chart: Common, most: number): number {
  const { length } = tickLabel(chart, most);
  return length <= 5 ? 4 : length <= 7 ? 3 : 2;
}

function tickLabel({ xUnit, language }: Common, value: number): string {
  return xUnit === 'share' ? shortShare(value, language) : shortNumber(value, language);
}

/** On an axis: no zeros after the point. */
export function shortShare(value: number, language: Language): string {
  const text = written(value, 'share', language);
  return text.replace(/[.,]?0+(?=\D*$)/, ''); // a share has decimals, always
}

/** On an axis: no zeros after the point. The comma that groups English thousands is no point. */
export function shortNumber(value: number, language: Language): string {
  const text = written(value, 'number', language);
  const [whole = '', fraction = ''] = text.split(numberSigns(language).decimal);
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? whole : text.slice(0, whole.length + 1 + kept.length);
}
