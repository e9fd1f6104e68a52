import type { Catalogue } from '../translation.ts';
import { common } from './common.ts';

/** All texts in English, by area. */
export const catalogue: Catalogue = { common };
