import joursFeries from '@socialgouv/jours-feries';
import { z } from 'zod';
import { dayMs } from '../src/base/units.ts';
import { datesFrom, isRealDate, localDate, weekdayOf } from '../src/domain/local-time.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Days = z.array(z.int().min(1).max(7)).min(1);

/** When the doors are open, and what each group of desks does there. Days are ISO weekdays. */
export const OpeningHours = z.strictObject({
  sites: z.array(
    z.strictObject({
      site: z.string(),
      opening: z.array(z.strictObject({ days: Days, from: LocalTime, until: LocalTime })).min(1),
    }),
  ),
  desks: z.array(
    z.strictObject({
      desk: z.string(),
      site: z.string(),
      requestTypes: z.array(z.string()).min(1),
      days: Days,
      from: LocalTime,
      until: LocalTime,
      /** Length of one appointment. */
      everyMinutes: z.int().min(5).max(240),
      /** Desks of the group that work at the same time. */
      places: z.int().min(1),
    }),
  ),
});
export type OpeningHours = z.infer<typeof OpeningHours>;

/** One line of a slots CSV. */
export interface ExampleSlot {
  readonly id: string;
  readonly site: string;
  /** `YYYY-MM-DD`, local to the site. */
  readonly date: string;
  /** `HH:MM`, local to the site. */
  readonly time: string;
  readonly places: number;
  readonly requestTypes: readonly string[];
}

/**
 * The slots of two weeks that begin on `from` (`YYYY-MM-DD`), by date, time and id. Weekends and
 * French public holidays are left out, and so is an appointment that would run into a break.
 */
export function makeExampleSlots(hours: OpeningHours, from: string): ExampleSlot[] {
  if (!isRealDate(from)) throw new Error(`not a date: ${from}`);
  return datesFrom(from, 14)
    .filter((day) => weekdayOf(day) <= 5 && !isPublicHoliday(day))
    .flatMap((day) => hours.desks.flatMap((desk) => slotsOf(hours, desk, day)))
    .sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
}

/** The CSV that `POST slots` takes: `id,site,date,time,places,requestTypes`. */
export function slotsToCsv(slots: readonly ExampleSlot[]): string {
  const lines = slots.map((slot) =>
    [slot.id, slot.site, slot.date, slot.time, slot.places, slot.requestTypes.join('|')].join(','),
  );
  return `${['id,site,date,time,places,requestTypes', ...lines].join('\n')}\n`;
}

function slotsOf(
  hours: OpeningHours,
  desk: OpeningHours['desks'][number],
  date: string,
): ExampleSlot[] {
  const weekday = weekdayOf(date);
  if (!desk.days.includes(weekday)) return [];
  const opening = hours.sites.find(({ site }) => site === desk.site)?.opening ?? [];
  return opening
    .filter(({ days }) => days.includes(weekday))
    .flatMap((range) => {
      const begin = Math.max(minutesOf(range.from), minutesOf(desk.from));
      const end = Math.min(minutesOf(range.until), minutesOf(desk.until));
      const count = Math.max(0, Math.floor((end - begin) / desk.everyMinutes));
      return Array.from({ length: count }, (_, index) => begin + index * desk.everyMinutes);
    })
    .map((minutes) => {
      const time = timeOf(minutes);
      return {
        id: `${desk.site}-${desk.desk}-${date.replaceAll('-', '')}-${time.replace(':', '')}`,
        site: desk.site,
        date,
        time,
        places: desk.places,
        requestTypes: desk.requestTypes,
      };
    });
}

function isPublicHoliday(date: string): boolean {
  // The package makes midnights of the machine's own zone.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return Object.values(joursFeries(Number(date.slice(0, 4)))).some(
    // It adds days as 24 hours: noon keeps the date where a clock change lies between.
    (midnight) => localDate(midnight.getTime() + dayMs / 2, timeZone) === date,
  );
}

function orderKey(slot: ExampleSlot): string {
  return `${slot.date} ${slot.time} ${slot.id}`;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}

function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
