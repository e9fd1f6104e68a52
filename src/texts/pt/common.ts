import type { common as french } from '../fr/common.ts';
import type { Translation } from '../translation.ts';

export const common = {
  'date.dayMonth': '{day} de {month}',
  'date.day': '{weekday}, {dayMonth} de {year}',
  'date.time': '{hour}h{minute}',
  'date.when': '{day} às {time}',
  'date.numeric': '{day}/{month}/{year}',
  'date.monthWidth': '2-digit',
  fact: '{term}: {value}',
  heading: '{term}:',
} satisfies Translation<typeof french>;
