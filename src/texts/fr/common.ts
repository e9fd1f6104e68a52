/** What every other area needs: dates, numbers in words, signs. */
export const common = {
  'date.dayMonth': '{day, select, 1 {1er} other {{day}}} {month}',
  'date.day': '{weekday} {dayMonth} {year}',
  'date.time': '{hour}\u00a0h\u00a0{minute}',
  'date.when': '{day} à {time}',
  'date.numeric': '{day}/{month}/{year}',
  /** Of the month in `date.numeric`: `2-digit` or `long`. */
  'date.monthWidth': '2-digit',
  fact: '{term} : {value}',
  heading: '{term} :',
} as const;
