const LONGEST = 300;

/**
 * One SMS: the text, then the link at the very end, at most 300 characters in all. The text is cut
 * where it must be; the link never is.
 *
 * @throws Error if the link leaves no room for a text.
 */
export function renderSms(text: string, url: string): string {
  const room = LONGEST - url.length - 1;
  if (room < 40) throw new Error(`a link of ${url.length} characters does not fit an SMS`);
  const line = text.replace(/\s+/g, ' ').trim();
  return `${line.length <= room ? line : `${line.slice(0, room - 1).trimEnd()}…`} ${url}`;
}
