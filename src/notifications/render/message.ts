import type { Language } from '../../base/languages.ts';

/** A calendar file, to be attached. */
export interface CalendarFile {
  readonly method: 'PUBLISH' | 'CANCEL';
  readonly filename: string;
  readonly content: string;
}

/** One message, ready for any channel. */
export interface RenderedMessage {
  readonly language: Language;
  /** One line; says neither motive nor code. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** At most 300 characters, with one link at its end. */
  readonly sms: string;
  readonly attachment?: CalendarFile;
  /** What of the text is of use on paper. */
  readonly letter: {
    /** Each may have several lines. */
    readonly paragraphs: readonly string[];
    /** What its code leads to. */
    readonly link: string;
  };
  /** For systems: the facts, without name and request type. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
}
