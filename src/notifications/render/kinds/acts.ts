import type { Rejection } from '../../../allocator/types.ts';
import type { ProxyAct, ProxyHand } from '../../../domain/messages/acts.ts';
import { facts, link, paragraph } from '../blocks.ts';
import type { CommonFacts } from '../facts.ts';
import { type Template, toEntry } from '../template.ts';
import { greeting, requestOf } from '../wording.ts';

/** What staff or a helper did for a person. */
export interface ActedFacts extends CommonFacts {
  readonly act: ProxyAct;
  readonly by: ProxyHand;
  readonly atMs: number;
  /** Until when the person can undo it; absent: it took effect at once, or has. */
  readonly undoUntilMs?: number;
}

export interface RejectedFacts extends CommonFacts {
  readonly reason: Rejection;
}

const acted: Template<ActedFacts> = (of, wording) => {
  const { text } = wording;
  const { act, by, undoUntilMs } = of;
  // Of what was done with a link the hour is told in whole (usecases/entries/tell.ts): the day will do.
  const { day, when: moment } = wording.date(of.atMs);
  const when = by === 'link' ? day : moment;
  const until = undoUntilMs === undefined ? '' : wording.date(undoUntilMs).when;
  const undo = undoUntilMs !== undefined;
  const { end, more, link: to } = toEntry(wording, of);
  return {
    subject: text('acted.subject', { act }),
    sms: text('acted.sms', { act, by, undo, until }),
    note: { text: text('acted.note', { by, when }), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('acted.intro', { act, by, when })),
      facts([
        [text('fact.yourRequest'), requestOf(wording, of)],
        [text('fact.reference'), of.entry],
      ]),
      paragraph(text('acted.final')),
      ...(undo ? [paragraph(text('acted.undo', { until }))] : []),
      paragraph(text('acted.contest')),
      end,
    ],
  };
};

const rejected: Template<RejectedFacts> = (of, wording) => {
  const { text } = wording;
  const { more, link: to } = toEntry(wording, of);
  return {
    subject: text('rejected.subject'),
    sms: text('rejected.sms'),
    note: { text: text('rejected.note'), more },
    link: to,
    body: [
      paragraph(greeting(wording, of)),
      paragraph(text('rejected.intro')),
      facts([
        [text('fact.yourRequest'), requestOf(wording, of)],
        [text('fact.reference'), of.entry],
        [text('rejected.fact.reason'), text('reason', { reason: of.reason })],
      ]),
      paragraph(text('rejected.contest')),
      paragraph(text('rejected.appeal')),
      link(text('link.entry'), of.entryUrl),
    ],
  };
};

/** Messages about what others did for a person, or to an entry. */
export const actTemplates = { acted_for: acted, rejected };
