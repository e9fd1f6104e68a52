import { malformed } from './parse-values.ts';

const date = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const datePattern = new RegExp(`^${date}$`);
const startPattern = new RegExp(`^${date}T${time}:[0-5]\\d[+-]${time}$`);
const instantPattern = new RegExp(`^${date}T${time}:[0-5]\\dZ$`);
const timePattern = new RegExp(`^${time}$`);

/** Checks a calendar date, `YYYY-MM-DD`. @throws DomainError `input_malformed` */
export function checkDate(value: unknown, path: string): void {
  if (typeof value !== 'string' || !datePattern.test(value) || !isRealDate(value)) {
    malformed('must be a real date, YYYY-MM-DD', path);
  }
}

/** Checks a local time with its offset, `YYYY-MM-DDTHH:MM:SS±HH:MM`. @throws DomainError `input_malformed` */
export function checkStart(value: unknown, path: string): void {
  if (typeof value !== 'string' || !startPattern.test(value) || !isRealDate(value)) {
    malformed('must be a real date and time, YYYY-MM-DDTHH:MM:SS±HH:MM', path);
  }
}

/** Checks an instant, `YYYY-MM-DDTHH:MM:SSZ`. @throws DomainError `input_malformed` */
export function checkInstant(value: unknown, path: string): void {
  if (typeof value !== 'string' || !instantPattern.test(value) || !isRealDate(value)) {
    malformed('must be a real instant, YYYY-MM-DDTHH:MM:SSZ', path);
  }
}

/** Checks a time of day, `HH:MM`, 00:00 to 23:59. @throws DomainError `input_malformed` */
export function checkTime(value: unknown, path: string): void {
  if (typeof value !== 'string' || !timePattern.test(value)) {
    malformed('must be a time, HH:MM, 00:00 to 23:59', path);
  }
}

/** Checks a time of day that may be the end of the day, 24:00. @throws DomainError `input_malformed` */
export function checkEndTime(value: unknown, path: string): void {
  if (value !== '24:00' && (typeof value !== 'string' || !timePattern.test(value))) {
    malformed('must be a time, HH:MM, 00:00 to 24:00', path);
  }
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the date that a text begins with exists in the Gregorian calendar. */
function isRealDate(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const isLeapDay = month === 2 && day === 29;
  if (isLeapDay) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (monthDays[month - 1] ?? 0);
}
