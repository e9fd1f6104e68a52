import type { SkipReason, VoidStage } from '../../domain/draws/state.ts';
import type { Strength } from '../../domain/draws/strength.ts';
import { type InEveryLanguage, inEveryLanguage } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';

/** What is said of a source of randomness wherever a draw of it is shown, as lottery/v1 demands. Pure. */
export function entropyNote(strength: Strength): InEveryLanguage {
  return inEveryLanguage((language) => textsOf('drawNotes', language)(`entropy.${strength}`));
}

/** What a draw that was not held means for those who waited. Pure. */
export function endNote(name: 'superseded' | `skipped.${SkipReason}`): InEveryLanguage {
  return inEveryLanguage((language) => textsOf('drawNotes', language)(name));
}

/** What a void draw means for those who waited, by how far it had come. Pure. */
export function voidNote(stage: VoidStage): InEveryLanguage {
  return inEveryLanguage((language) => textsOf('drawNotes', language)(`void.${stage}`));
}
