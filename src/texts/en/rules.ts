import type { rules as french } from '../fr/rules.ts';
import type { Translation } from '../translation.ts';

export const rules = {
  absence:
    'If you miss the appointment, or cancel it or leave the waitlist less than {hours, plural, one {# hour} other {# hours}} before, you do not take part in {draws, plural, one {the next draw} other {the next # draws}}. It happens once for one appointment, and you can say why. If something keeps you from coming, say so when you cancel: the first time it costs nothing.',
} satisfies Translation<typeof french>;
