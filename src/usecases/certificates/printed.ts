import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type Labels, labelled } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';

/** A PDF, and what its file is called. */
export interface PrintedPaper {
  readonly name: string;
  readonly pdf: Buffer;
}

const written = createDateWriter();

/** What people call a request type; its id where it is no longer offered. Pure. */
export function typeLabels({ requestTypes }: Prefecture, type: string): Labels {
  return requestTypes.find(({ id }) => id === type)?.labels ?? labelled(type);
}

/** Writes instants out in the time zone of a prefecture. */
export function dateWriterOf({ settings }: Prefecture) {
  return (lang: Language, atMs: number) => {
    const { day, time } = written(lang, settings.timeZone, atMs);
    // A line must not end between an hour and its minutes.
    const unbroken = time.replaceAll(' ', '\u00a0');
    return textsOf('common', lang)('date.when', { day, time: unbroken });
  };
}
