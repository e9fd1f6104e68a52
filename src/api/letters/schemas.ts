import { z } from 'zod';
import { OFFER_ANSWERS } from '../../domain/offers/state.ts';
import { StatedImpediment } from '../absences/schemas.ts';
import { Proof } from '../entries/proof-schema.ts';

const Day = z.iso.date().meta({ description: 'Local day on which the letters were written.' });
const Letters = z.int().min(0);

export const BatchList = z
  .strictObject({ batches: z.array(z.strictObject({ day: Day, letters: Letters })) })
  .meta({ id: 'LetterBatchList' });

export const BatchPosting = z
  .strictObject({ letters: z.int().min(1).meta({ description: 'How many were posted.' }) })
  .meta({ id: 'LetterBatchPosting' });

export const BatchPosted = z
  .strictObject({ day: Day, letters: Letters })
  .meta({ id: 'LetterBatchPosted' });

export const DeskAnswer = z
  .strictObject({
    proof: Proof,
    action: z.enum([...OFFER_ANSWERS, 'cancel']),
    impediment: StatedImpediment,
  })
  .meta({ id: 'DeskAnswer' });
