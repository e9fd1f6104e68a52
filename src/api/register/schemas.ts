import { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import { Hex256, Identifier, Instant, Jwk } from '../http/schemas.ts';
import { PriorityGround } from '../priorities/schemas.ts';

const Count = z.int().min(0);
const Position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const HeadsPage = z.strictObject({
  from: Position.default(0).meta({ description: 'Number of the first head; the oldest is 0.' }),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

export const LeavesPage = z.strictObject({
  from: Position.default(0).meta({ description: 'Number of the first leaf, from 0.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

export const InclusionQuery = z.strictObject({
  index: Position.meta({ description: 'Number of the leaf, from 0.' }),
  size: Position.meta({
    description: 'Number of leaves of a tree; at most that of the checkpoint.',
  }),
});

export const ConsistencyQuery = z.strictObject({
  first: Position.meta({ description: 'Number of leaves of the older tree, from 1.' }),
  second: Position.meta({ description: 'Number of leaves of the newer one.' }),
});

export const HeadView = z
  .strictObject({
    size: z.int().min(1),
    root: Hex256,
    signedAt: Instant,
    checkpoint: z.string().meta({ description: 'The signed note (c2sp.org/tlog-checkpoint).' }),
  })
  .meta({ id: 'RegisterHead' });

export const HeadList = z
  .strictObject({
    heads: z.array(HeadView),
    next: z.int().nullable().meta({ description: 'Hand it in as `from`. Null: the end.' }),
  })
  .meta({ id: 'RegisterHeads' });

const Proof = z.array(Hex256).max(128);

export const InclusionView = z
  .strictObject({ index: Count, size: z.int().min(1), root: Hex256, proof: Proof })
  .meta({ id: 'RegisterInclusion', description: 'RFC 9162 section 2.1.3, from the bottom.' });

export const ConsistencyView = z
  .strictObject({
    first: z.int().min(1),
    second: z.int().min(1),
    firstRoot: Hex256,
    secondRoot: Hex256,
    proof: Proof,
  })
  .meta({ id: 'RegisterConsistency', description: 'RFC 9162 section 2.1.4.' });

export const KeysView = z
  .strictObject({
    origin: z.string().meta({ description: 'The first line of every checkpoint.' }),
    keys: z.array(
      z.strictObject({
        keyId: z.string(),
        verifierKey: z.string().meta({ description: 'As c2sp.org/signed-note writes it.' }),
        jwk: Jwk,
      }),
    ),
  })
  .meta({ id: 'RegisterKeys', description: 'The first signs now; the others have signed.' });

const ByCause = z.array(z.strictObject({ cause: z.enum(CAUSES), count: Count }));

export const CountsView = z
  .strictObject({
    leaves: Count,
    scheduled: Count.meta({ description: 'Draws that were planned.' }),
    drawn: Count.meta({ description: 'Draws with an outcome, those void since included.' }),
    weaker: Count.meta({
      description: "Of those drawn: with the operator's secret, weaker than a public beacon.",
    }),
    void: Count.meta({ description: 'Draws declared void.' }),
    superseded: Count.meta({ description: 'Plans changed or given up before their freeze.' }),
    skipped: Count.meta({ description: 'Draws not held: nobody waited, or there was no place.' }),
    repeated: Count.meta({ description: 'Draws planned to repeat a void one.' }),
    afterVoid: Count.meta({
      description:
        'Draws frozen within 14 days after a void one of their types, which they do not say that they repeat.',
    }),
    events: Count,
    ruleChanges: Count,
    closedSlots: ByCause.meta({ description: 'Slots that an office closed, by cause.' }),
    revoked: ByCause.meta({
      description: 'Offers and appointments that were taken back one by one, by cause.',
    }),
    priority: z
      .strictObject({
        draw: Identifier,
        requestTypes: z.array(z.strictObject({ requestType: Identifier, entries: Count })),
        other: Count.meta({ description: 'Request types with fewer than five, together.' }),
        grounds: z.array(z.strictObject({ ground: PriorityGround, entries: Count })),
        otherGrounds: Count.meta({
          description:
            'Grounds with fewer than five, together, and with the rarest of the others if these are still fewer than five.',
        }),
      })
      .nullable()
      .meta({ description: 'Entries with priority in the pool of the latest draw.' }),
    channels: z
      .strictObject({
        draw: Identifier,
        channels: z.array(z.strictObject({ channel: z.string(), entries: Count })),
        other: Count.meta({ description: 'Channels with fewer than five, together.' }),
      })
      .nullable()
      .meta({
        description:
          'How the entries in the pool of the latest draw came: online, desk, phone, paper, or by ' +
          'an association, a lawyer, a social service.',
      }),
    parties: z
      .strictObject({
        draw: Identifier,
        requestTypes: z.array(
          z.strictObject({
            requestType: Identifier,
            sizes: z.array(z.strictObject({ people: z.int().min(2), entries: Count })),
            other: Count.meta({ description: 'Of sizes with fewer than five, together.' }),
          }),
        ),
      })
      .nullable()
      .meta({
        description:
          'Parties in the pool of the latest draw: how many entries stand for how many people who ' +
          'come together, by request type. Null: everybody comes alone.',
      }),
    carried: Count.meta({
      description: 'People who left a party and went on alone with its missed draws.',
    }),
  })
  .meta({ id: 'RegisterCounts', description: 'Of the leaves under the newest signed head.' });
