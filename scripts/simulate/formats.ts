import { figureNames, type Result } from '../../src/simulator/results.ts';
import { contractField } from './csv-field.ts';
import type { PlanResult } from './run-plans.ts';

/** One JSON object on one line: `Output`, or what is documented for prefectures and sweeps. */
export function toJson(results: readonly PlanResult[], seed: number): string {
  const [first] = results;
  if (!first) throw new Error('there is always a plan');
  if (first.plan.setting.length === 0) return `${JSON.stringify(runOf(first, seed))}\n`;
  const runs = results.map((result) => {
    const set = result.plan.setting.map(({ sweep, value }) => [sweep.path, value]);
    return { set: Object.fromEntries(set), ...runOf(result, seed) };
  });
  return `${JSON.stringify({ seed, runs })}\n`;
}

function runOf({ plan, outputs, national }: PlanResult, seed: number): object {
  if (!plan.isPrefectures) return outputs[0] ?? {};
  const prefectures = outputs.map(({ scenario, results }, index) => {
    return { prefecture: plan.places[index]?.prefecture, scenario, results };
  });
  return { name: plan.name, seed, results: national, prefectures };
}

/** RFC 4180: a line for every figure, after the members of a sweep and the prefecture, if any. */
export function toCsv(results: readonly PlanResult[]): string {
  const [first] = results;
  if (!first) throw new Error('there is always a plan');
  const paths = first.plan.setting.map(({ sweep }) => sweep.path);
  const place = first.plan.isPrefectures ? ['prefecture'] : [];
  const lines = [[...paths, ...place, 'policy', 'requestType', 'figure', 'mean', 'se']];
  for (const { plan, outputs, national } of results) {
    const values = plan.setting.map(({ value }) => {
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
    const add = (prefecture: string, ofPlace: readonly Result[]) => {
      const before = plan.isPrefectures ? [...values, prefecture] : values;
      for (const line of figureLines(ofPlace)) lines.push([...before, ...line]);
    };
    if (plan.isPrefectures) add('', national);
    for (const [index, { results }] of outputs.entries()) {
      add(plan.places[index]?.prefecture ?? '', results);
    }
  }
  return lines.map((line) => `${line.map(contractField).join()}\r\n`).join('');
}

function figureLines(results: readonly Result[]): string[][] {
  return results.flatMap(({ policy, requestType, figures }) =>
    figureNames.map((name) => {
      const figure = figures[name];
      return [policy, requestType, name, String(figure?.mean ?? ''), String(figure?.se ?? '')];
    }),
  );
}
