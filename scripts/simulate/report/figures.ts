import { buyersFigure } from './buyers-figure.ts';
import { estimateFigure } from './estimate-figure.ts';
import { robotFigure } from './robot-figure.ts';
import { tailFigure } from './tail-figure.ts';
import { demandFigure, switchFigure } from './variant-figures.ts';
import { type ReportFigure, type ReportInput, wholeType } from './view.ts';
import { lorenzFigure, survivalFigure } from './wait-figures.ts';
import { same, type Text } from './wording.ts';

const interval = {
  fr: 'Trait : intervalle à 95 % sur les répétitions.',
  en: 'Bar: 95% interval over replications.',
};

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
    ...(scalpers
      ? []
      : [
          {
            fr: 'Revente et places aux mains des robots : le scénario n’a pas de revendeur.',
            en: 'Resale and places in bots’ hands: the scenario has no scalper.',
          },
        ]),
    ...(polls
      ? []
      : [
          {
            fr: 'Échecs vus par un robot : le scénario n’en fait pas passer.',
            en: 'Failures seen by a robot: the scenario sends none.',
          },
        ]),
    ...(series.demand.length > 0
      ? []
      : [
          {
            fr: 'Sensibilité à la demande : elle n’a pas été calculée.',
            en: 'Sensitivity to demand: it was not computed.',
          },
        ]),
  ];
}

function chanceFigure(input: ReportInput): ReportFigure {
  return estimateFigure(input, {
    id: 'chance',
    title: { fr: 'Chance à chaque tirage', en: 'Chance at each draw' },
    caption: {
      fr: `Personnes servies ÷ personnes en attente, à chaque tirage. ${interval.fr}`,
      en: `Persons served ÷ persons waiting, at each draw. ${interval.en}`,
    },
    axis: { fr: 'chance par tirage (%)', en: 'chance per draw (%)' },
    unit: 'share',
    figures: [{ name: 'chancePerDraw', title: { fr: 'chance par tirage', en: 'chance per draw' } }],
  });
}

function quantileFigure(input: ReportInput): ReportFigure {
  return estimateFigure(input, {
    id: 'quantiles',
    title: { fr: 'Les attentes les plus longues', en: 'The longest waits' },
    caption: {
      fr: `Parmi les personnes servies : 90 % (P90) et 99 % (P99) ont attendu au plus ce nombre de tirages. ${interval.fr} Qui n’a pas été servi n’y figure pas : lire aussi la figure suivante.`,
      en: `Among persons served: 90% (P90) and 99% (P99) waited at most this many draws. ${interval.en} Who was not served is not in it: read the next figure too.`,
    },
    axis: { fr: 'attente (tirages)', en: 'wait (draws)' },
    unit: 'number',
    types: [wholeType(input.output)],
    figures: [
      { name: 'waitP50', title: { fr: 'médiane', en: 'median' } },
      { name: 'waitP90', title: { fr: 'P90', en: 'P90' } },
      { name: 'waitP99', title: { fr: 'P99', en: 'P99' } },
    ],
  });
}

function scalperFigures(input: ReportInput): ReportFigure[] {
  return [
    estimateFigure(input, {
      id: 'bots',
      title: { fr: 'Places aux mains des robots', en: 'Places in bots’ hands' },
      caption: {
        fr: `Part des places tenues par le revendeur juste après l’attribution, puis au rendez-vous : ce qu’il n’a pu ni vendre ni rendre. ${interval.fr}`,
        en: `Share of places held by the scalper just after allocation, then at the appointment: what could be neither sold nor given back. ${interval.en}`,
      },
      axis: { fr: 'part des places (%)', en: 'share of places (%)' },
      unit: 'share',
      types: [wholeType(input.output)],
      figures: [
        { name: 'botShareAtRelease', title: { fr: 'à l’attribution', en: 'at release' } },
        {
          name: 'botShareAtAppointment',
          title: { fr: 'au rendez-vous', en: 'at the appointment' },
        },
        { name: 'resoldShare', title: { fr: 'revendues', en: 'resold' } },
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
    title: { fr: 'Prix d’une place revendue', en: 'Price of a resold place' },
    axis: { fr: 'prix (unité du scénario, p. ex. €)', en: 'price (unit of the scenario, e.g. €)' },
    meaning: {
      fr: 'Recettes ÷ places vendues ; 0 si rien ne se vend.',
      en: 'Revenue ÷ places sold; 0 if nothing sells.',
    },
  },
  profitPerDraw: {
    id: 'profit',
    title: { fr: 'Bénéfice du revendeur', en: 'The scalper’s profit' },
    axis: { fr: 'bénéfice par tirage (unité du prix)', en: 'profit per draw (unit of the price)' },
    meaning: {
      fr: 'Recettes moins coûts, par tirage ; négatif : le revendeur perd.',
      en: 'Revenue less costs, per draw; negative: the scalper loses.',
    },
  },
} as const;

function moneyFigure(input: ReportInput, name: keyof typeof money): ReportFigure {
  const { id, title, axis, meaning } = money[name];
  const caption = {
    fr: `${meaning.fr} ${interval.fr}`,
    en: `${meaning.en} ${interval.en}`,
  };
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
  const switched = {
    fr: 'Chaque protection est levée seule ; la première ligne les a toutes.',
    en: 'Each protection is lifted alone; the first block has them all.',
  };
  const idle = idleCopies(input);
  return switchFigure(input, {
    id,
    title,
    axis,
    figure: name,
    caption: {
      fr: `${caption.fr} ${switched.fr}${idle.fr}`,
      en: `${caption.en} ${switched.en}${idle.en}`,
    },
  });
}

/** Two switches open the way of copies, which takes more identities than some scenarios give. */
function idleCopies({ output }: ReportInput): Text {
  const { identities, copiesPerClient } = output.scenario.scalpers ?? {};
  if (identities === undefined || copiesPerClient === undefined || identities >= copiesPerClient) {
    return same('');
  }
  return {
    fr: ` Hors de la course, « plusieurs inscriptions » et « fausses identités gratuites » ouvrent la voie des copies ; mais ce scénario donne ${identities} identités pour ${copiesPerClient} copies par client : pas un seul client. Le revendeur n’y gagne et n’y dépense donc rien ici ; ce n’est pas dire que ces deux protections ne servent à rien.`,
    en: ` Outside the race, “several entries” and “false identities free” open the way of copies; but this scenario gives ${identities} identities for ${copiesPerClient} copies per client: not a single client. So the scalper earns and spends nothing there here; which is not to say that these two protections are useless.`,
  };
}
