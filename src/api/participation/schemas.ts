import { z } from 'zod';
import { DRAW_STATES } from '../../domain/draws/state.ts';
import { OFFER_WAYS } from '../../domain/offers/offer.ts';
import { OFFER_STATES } from '../../domain/offers/state.ts';
import { FINDING_CODES } from '../../domain/participation/diagnosis.ts';
import { ENTRY_OUTCOMES } from '../../domain/participation/standings.ts';
import { EntropyStrength, EntropyView, Note } from '../draws/schemas.ts';
import { Accepts } from '../entries/accepts-schema.ts';
import { Hex256, Identifier, Instant, NextCursor } from '../http/schemas.ts';

const Rank = z.int().min(1);
const LastRank = z.int().min(0).meta({ description: '0: nobody.' });

const Standing = z
  .strictObject({
    rank: Rank.meta({ description: 'Among all entries of the draw.' }),
    entries: z.int().min(1).meta({ description: 'Entries of the draw.' }),
    rankInType: Rank.meta({ description: 'Among those of the same request type.' }),
    entriesOfType: z.int().min(1),
    placesOfType: z.int().min(0).meta({ description: 'Request types may share places.' }),
    lastDrawnRank: LastRank,
    lastDrawnRankInType: LastRank,
    lastServedRank: z.int().min(0).meta({
      description: 'Of the request type, places down the reserve list included. 0: nobody.',
    }),
    lastServedRankInType: LastRank,
    tickets: z.int().min(1),
  })
  .meta({ id: 'Standing', description: 'Where the entry stands, and how far the places went.' });

const summary = {
  draw: Identifier,
  state: z.enum(DRAW_STATES),
  frozenAt: Instant.nullable(),
  drawnAt: Instant.nullable(),
  manifestHash: Hex256.nullable(),
  entropy: EntropyStrength,
  outcome: z.enum([...ENTRY_OUTCOMES, 'undrawn', 'unindexed']).meta({
    description:
      'What the draw itself came to. `undrawn`: no outcome yet, or never one; `unindexed`: sealed ' +
      'by a version that kept no place for each entry.',
  }),
  text: Note,
  offer: z
    .strictObject({ state: z.enum(OFFER_STATES), via: z.enum(OFFER_WAYS) })
    .nullable()
    .meta({ description: 'The offer that came of it, by the draw or down the reserve list.' }),
};

export const ParticipationView = z
  .strictObject({ ...summary, standing: Standing.nullable() })
  .meta({ id: 'Participation', description: 'How an entry took part in a draw.' });

export const ParticipationList = z
  .strictObject({ draws: z.array(ParticipationView), cursor: NextCursor })
  .meta({ id: 'ParticipationList' });

export const ParticipationPage = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: Identifier.optional(),
});

const Ticket = z.strictObject({
  smallest: z.int().min(0).meta({ description: 'Its number, counted from 0.' }),
  number: Hex256.meta({ description: 'The smallest ticket: what the entry was ranked by.' }),
  all: z.array(Hex256).min(1).max(1000),
  check: z.string().meta({ description: 'A shell command that prints the number.' }),
});

const Inclusion = z
  .strictObject({
    leaf: z.string().meta({ description: 'The entry as it was hashed, to the byte.' }),
    index: z.int().min(0),
    size: z.int().min(1),
    path: z.array(Hex256).max(64).meta({ description: 'RFC 9162 §2.1.3, from the bottom.' }),
    root: Hex256.meta({ description: 'The root of the entries in the manifest.' }),
  })
  .meta({ id: 'Inclusion', description: 'The proof that the entry was in the draw, unchanged.' });

const Parameters = z
  .strictObject({
    requestType: Identifier,
    missed: z.int().min(0),
    tickets: z.int().min(1),
    priority: z.boolean(),
    guaranteed: z.boolean(),
    owed: z.boolean().meta({
      description: 'The prefecture took back a place that it had: it goes before all others.',
    }),
    resting: z.boolean().meta({
      description: 'It gave up a place while it was guaranteed, so for some draws it is not.',
    }),
    accepts: Accepts.nullable(),
    quotaMin: z.int().min(0).nullable(),
    quotaMax: z.int().min(0).nullable(),
    priorityMax: z.int().min(0),
    ticketsPerMiss: z.int().min(0),
    maxTickets: z.int().min(1),
    guaranteeAfter: z.int().min(0).nullable(),
  })
  .meta({
    id: 'AppliedParameters',
    description: 'What the rules and the entry made of each other.',
  });

const Part = z.strictObject({ id: z.string(), title: Note, lines: z.array(Note) });

export const ExplanationView = z
  .strictObject({
    ...summary,
    entry: Identifier,
    prefecture: Identifier,
    standing: Standing,
    seed: Hex256,
    entropy: EntropyView,
    tickets: Ticket,
    inclusion: Inclusion,
    parameters: Parameters,
    explanation: z.array(Part),
  })
  .meta({
    id: 'DrawExplanation',
    description: 'One draw, told to the person of one entry (CRPA L. 311-3-1, R. 311-3-1-2).',
  });

export const DiagnosisView = z
  .strictObject({
    entry: Identifier,
    findings: z
      .array(
        z.strictObject({
          code: z.enum(FINDING_CODES),
          draw: Identifier.nullable(),
          entropy: EntropyStrength.nullable().meta({ description: 'Of that draw.' }),
          at: Instant.nullable(),
          text: Note,
        }),
      )
      .min(1)
      .meta({ description: 'All are true. The first is the main one.' }),
  })
  .meta({ id: 'Diagnosis', description: 'Why nothing, or nothing more, has happened.' });
