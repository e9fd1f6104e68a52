import type { common as french } from '../fr/common.ts';
import type { Translation } from '../translation.ts';

export const common = {
  'date.dayMonth': '{day} {month}',
  'date.day': '{weekday} {dayMonth} {year}',
  'date.time': '{hour}:{minute}',
  'date.when': '{day} at {time}',
  'date.numeric': '{day} {month} {year}',
  'date.monthWidth': 'long',
  fact: '{term}: {value}',
  heading: '{term}:',
} satisfies Translation<typeof french>;
