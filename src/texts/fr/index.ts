import { common } from './common.ts';

/** All texts in French, by area. */
export const catalogue = { common } as const;
