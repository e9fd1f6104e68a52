import { buyersFigure } from './buyers-figure.ts';
import { estimateFigure } from './estimate-figure.ts';
import { robotFigure } from './robot-figure.ts';
import { tailFigure } from './tail-figure.ts';
import { demandFigure, switchFigure } from './variant-figures.ts';
import { type ReportFigure, type ReportInput, wholeType } from './view.ts';
import { lorenzFigure, survivalFigure } from './wait-figures.ts';
import { nothing, say, sentences, type Text } from './wording.ts';

const interval = say('interval');

/** Every figure that a scenario gives, in the order in which it is read. */
export function figuresOf(input: ReportInput): ReportFigure[] {
  const { scenario } = input.output;
  return [
    chanceFigure(input),
    survivalFigure(input),
    lorenzFigure(input),
    quantileFigure(input),
    tailFigure(input),
    ...(scenario.scalpers ? scalperFigures(input) : []),
    ...(scenario.polls ? [robotFigure(input)] : []),
    ...(input.series.demand.length > 0 ? [demandFigure(input)] : []),
  ];
}

/** What is left out of a report, and why. */
export function leftOut({ output, series }: ReportInput): Text[] {
  const { scalpers, polls } = output.scenario;
  return [
    ...(scalpers ? [] : [say('leftOut.scalper')]),
    ...(polls ? [] : [say('leftOut.robot')]),
    ...(series.demand.length > 0 ? [] : [say('leftOut.demand')]),
  ];
}

function chanceFigure(input: ReportInput): ReportFigure {
  return estimateFigure(input, {
    id: 'chance',
    title: say('chance.title'),
    caption: sentences(say('chance.caption'), interval),
    axis: say('chance.axis'),
    unit: 'share',
    figures: [{ name: 'chancePerDraw', title: say('chance.column') }],
  });
}

function quantileFigure(input: ReportInput): ReportFigure {
  return estimateFigure(input, {
    id: 'quantiles',
    title: say('quantiles.title'),
    caption: sentences(say('quantiles.caption'), interval, say('quantiles.unserved')),
    axis: say('quantiles.axis'),
    unit: 'number',
    types: [wholeType(input.output)],
    figures: [
      { name: 'waitP50', title: say('quantiles.median') },
      { name: 'waitP90', title: say('quantiles.p90') },
      { name: 'waitP99', title: say('quantiles.p99') },
    ],
  });
}

function scalperFigures(input: ReportInput): ReportFigure[] {
  return [
    estimateFigure(input, {
      id: 'bots',
      title: say('bots.title'),
      caption: sentences(say('bots.caption'), interval),
      axis: say('bots.axis'),
      unit: 'share',
      types: [wholeType(input.output)],
      figures: [
        { name: 'botShareAtRelease', title: say('bots.atRelease') },
        {
          name: 'botShareAtAppointment',
          title: say('bots.atAppointment'),
        },
        { name: 'resoldShare', title: say('bots.resold') },
      ],
    }),
    moneyFigure(input, 'resalePrice'),
    moneyFigure(input, 'profitPerDraw'),
    buyersFigure(input),
  ];
}

const money = {
  resalePrice: {
    id: 'price',
    title: say('price.title'),
    axis: say('price.axis'),
    meaning: say('price.meaning'),
  },
  profitPerDraw: {
    id: 'profit',
    title: say('profit.title'),
    axis: say('profit.axis'),
    meaning: say('profit.meaning'),
  },
} as const;

function moneyFigure(input: ReportInput, name: keyof typeof money): ReportFigure {
  const { id, title, axis, meaning } = money[name];
  const caption = sentences(meaning, interval);
  if (input.series.switches.length === 0) {
    return estimateFigure(input, {
      id,
      title,
      caption,
      axis,
      unit: 'number',
      types: [wholeType(input.output)],
      figures: [{ name, title }],
    });
  }
  const switched = say('switches.caption');
  const idle = idleCopies(input);
  return switchFigure(input, {
    id,
    title,
    axis,
    figure: name,
    caption: sentences(caption, switched, idle),
  });
}

/** Two switches open the way of copies, which takes more identities than some scenarios give. */
function idleCopies({ output }: ReportInput): Text {
  const { identities, copiesPerClient } = output.scenario.scalpers ?? {};
  if (identities === undefined || copiesPerClient === undefined || identities >= copiesPerClient) {
    return nothing;
  }
  return say('switches.idle', { identities, copiesPerClient });
}
