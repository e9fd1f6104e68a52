import { z } from 'zod';
import { WORK_PURPOSES } from '../../identity/proof-of-work.ts';
import { route } from '../http/route.ts';

const Challenge = z
  .strictObject({
    parameters: z
      .looseObject({
        algorithm: z.literal('PBKDF2/SHA-256'),
        cost: z.int().min(1).meta({ description: 'Rounds of PBKDF2 a try.' }),
        data: z.strictObject({
          key: z.string(),
          prefecture: z.string(),
          purpose: z.enum(WORK_PURPOSES),
          tries: z.int().meta({ description: 'On average.' }),
        }),
        expiresAt: z.int().meta({ description: 'Seconds since 1970.' }),
        keyLength: z.int(),
        keyPrefix: z.string().meta({ description: 'How the key to be found begins, in hex.' }),
        keySignature: z.string(),
        nonce: z.string(),
        salt: z.string(),
      })
      .meta({ description: 'The parameters of ALTCHA, version 2.' }),
    signature: z.string(),
  })
  .meta({
    id: 'Challenge',
    description:
      'A challenge of ALTCHA (altcha-lib 2). Its widget and libraries solve it: try counters from ' +
      '0 until PBKDF2 of nonce and counter begins with `keyPrefix`.',
  });

export const readChallenge = route({
  id: 'readChallenge',
  get: '/challenge',
  tag: 'Applicants',
  summary: 'A proof of work to solve before joining or asking for a link',
  description:
    'The device computes for about a second, longer if its address block asks for much, and if much joined from its network or with its mail domain within a day. Send ' +
    'the solution, base64 of `{challenge, solution}` in JSON, as `Proof-Of-Work`. Good once, for ' +
    'this prefecture and purpose, for twenty minutes. Whoever cannot do it joins at the desk, by ' +
    'telephone or through an association, with the same chance.',
  access: 'public',
  query: z.strictObject({
    purpose: z.enum(WORK_PURPOSES),
    domain: z
      .string()
      .regex(/^[a-z0-9.-]{1,253}$/i)
      .exactOptional()
      .meta({
        description:
          'Of the e-mail address that will be given. Needed where a join was refused as `work_light`: ' +
          'many entries came with this domain.',
      }),
  }),
  answers: {
    200: { description: 'The challenge.', schema: Challenge },
    204: { description: 'This service asks for none.' },
  },
  async run({ prefecture, query: { purpose, domain }, nowMs, client }, { proofOfWork, work }) {
    const { address } = client;
    const asking = { prefecture: prefecture.id, address, domain, nowMs };
    const tries = await proofOfWork.tries(asking);
    if (tries === 0) return { status: 204 };
    const context = { prefecture: prefecture.id, purpose, nowMs };
    return { status: 200, body: await work.desk.challenge(context, tries) };
  },
});
