import type { rules as french } from '../fr/rules.ts';
import type { Translation } from '../translation.ts';

export const rules = {
  absence:
    'Se faltar à marcação, ou se a cancelar ou sair da lista de espera menos de {hours, plural, one {# hora} other {# horas}} antes, não participa {draws, plural, one {no sorteio seguinte} other {nos # sorteios seguintes}}. Isto só conta uma vez por marcação, e pode explicar porquê. Se tiver um impedimento, diga-o quando cancelar: na primeira vez, isso não lhe custa nada.',
} satisfies Translation<typeof french>;
