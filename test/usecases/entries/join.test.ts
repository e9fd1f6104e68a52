import { beforeEach, describe, expect, test } from 'vitest';
import { JoinRequest } from '#src/api/entries/schemas.ts';
import { LimitReached } from '#src/base/errors.ts';
import { createSignals } from '#src/usecases/abuse/signals.ts';
import { type Joining, joinPerson } from '#src/usecases/entries/join.ts';
import { createPersonLimits } from '#src/usecases/limits/limits.ts';
import { createProofOfWork } from '#src/usecases/limits/proof-of-work.ts';
import { joinRequest, prefecture, useApi } from '../../api/harness.ts';

const api = useApi({ workTries: 0, messagesPerHour: 1 });
let joining: Joining;

function useCaseDeps() {
  const { limits, pseudonyms, clock, store, ...rest } = api.deps();
  const counts = store.limits;
  return {
    ...{ ...rest, limits, pseudonyms, clock, store },
    personLimits: createPersonLimits({ limits, counts, clock, onRefused: () => {} }),
    proofOfWork: createProofOfWork({ ...rest, limits, pseudonyms, counts }),
    signals: createSignals(pseudonyms, store.signals),
  };
}

beforeEach(async () => {
  joining = {
    client: { address: '192.0.2.1', software: 'test' },
    prefecture: await api.store.prefectures.get(prefecture).then((found) => {
      if (!found) throw new Error('the harness makes this prefecture');
      return found;
    }),
    application: JoinRequest.parse(joinRequest()),
    idempotencyKey: 'a-key-of-sixteen',
    solution: '',
    nowMs: api.time.nowMs,
  };
});

describe('joinPerson', () => {
  test('is one round trip to Redis where nothing special happens', async () => {
    const deps = useCaseDeps();
    await joinPerson(deps, joining); // Redis knows the script from now on
    const sent: string[] = [];
    const send = api.redis.sendCommand.bind(api.redis);
    api.redis.sendCommand = (command, ...rest) => {
      // The note for the report of abuse: nothing waits for it.
      const isNote = command.args.some((arg) => String(arg).includes(':signals:'));
      if (!isNote) sent.push(command.name);
      return send(command, ...rest);
    };
    const application = JoinRequest.parse(joinRequest());
    await joinPerson(deps, { ...joining, application, idempotencyKey: undefined }).finally(() => {
      api.redis.sendCommand = send;
    });
    expect(sent).toEqual(['evalsha']);
  });

  test('says whether it was the same request again, and answers the same', async () => {
    const deps = useCaseDeps();
    const first = await joinPerson(deps, joining);
    expect(first).toMatchObject({ isReplayed: false, joinedAtMs: joining.nowMs });
    const again = await joinPerson(deps, { ...joining, nowMs: joining.nowMs + 1000 });
    expect(again).toEqual({ ...first, isReplayed: true });
  });

  test('tells how long to wait where a mailbox had its messages', async () => {
    const deps = useCaseDeps();
    await joinPerson(deps, joining);
    const { contact } = joining.application;
    const application = JoinRequest.parse(joinRequest({ contact }));
    const refused = await joinPerson(deps, {
      ...joining,
      application,
      idempotencyKey: undefined,
    }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LimitReached);
    expect(refused).toMatchObject({
      code: 'requests_too_many',
      member: 'contact',
      // From one address it is an hour for one; from others it would be a minute.
      retryAfterSeconds: 3600,
    });
  });
});
