import type { IRouter } from 'express';
import type { z } from 'zod';
import { dayMs } from '../../base/units.ts';
import type { PriorityRecord } from '../../store/priorities/store.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import { decidePriority, listPriorities, proposePriority } from './operations.ts';
import type { PriorityView } from './schemas.ts';

/** The priority track: one agent proposes, another approves. */
export function mountPriority(router: IRouter, deps: RouteDeps): void {
  const { priorities } = deps.store;

  mount(router, deps, proposePriority, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const { ground, days } = body;
    const untilMs = nowMs + days * dayMs;
    const proposal = { ground, untilMs, agent: agent(), nowMs };
    const priority = await priorities.propose(prefecture.id, params.entryId, proposal);
    res.json(priorityView(params.entryId, priority));
  });

  mount(router, deps, decidePriority, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const { proposedAt } = body;
    const seen = proposedAt === undefined ? {} : { proposedAtMs: Date.parse(proposedAt) };
    const by = { agent: agent(), nowMs, ...seen };
    const { entryId } = params;
    const priority = await priorities.decide(prefecture.id, entryId, body.decision, by);
    res.json(priorityView(entryId, priority));
  });

  mount(router, deps, listPriorities, async ({ res, prefecture, query }) => {
    const { limit, cursor: from, state } = query;
    const page = await priorities.list(prefecture.id, {
      limit,
      ...(from === undefined ? {} : { cursor: from }),
      ...(state === undefined ? {} : { state }),
    });
    const rows = [...page.priorities].map(([entry, priority]) => priorityView(entry, priority));
    res.json({ priorities: rows, cursor: page.cursor ?? null });
  });
}

function priorityView(entry: string, priority: PriorityRecord): z.infer<typeof PriorityView> {
  const { state, ground, untilMs, proposedBy, proposedAtMs, settledBy, settledAtMs } = priority;
  return {
    entry,
    state,
    ground,
    until: instant(untilMs),
    proposedBy,
    proposedAt: instant(proposedAtMs),
    settledBy: settledBy ?? null,
    settledAt: instantOrNull(settledAtMs),
  };
}
