import type { Migration } from '../migration.ts';
import { reservesByType } from './reserves-by-type.ts';

/**
 * The steps from version 1 to the one that this code writes, in order.
 *
 * Changing what is stored: CONTRIBUTING.md, “Change stored data”.
 */
export const MIGRATIONS: readonly Migration[] = [reservesByType];
