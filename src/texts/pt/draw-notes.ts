import type { drawNotes as french } from '../fr/draw-notes.ts';
import type { Translation } from '../translation.ts';

export const drawNotes = {
  'entropy.weaker':
    'Fonte mais fraca do que uma baliza pública: o operador pode recusar revelar o seu segredo, ou compor a lista dos participantes conhecendo-o.',
  'entropy.public_beacon':
    'Baliza pública que ninguém controla; o seu valor ainda não existe quando a lista é fixada e publicada.',
  'void.before_freeze':
    'Anulado antes de a lista ser fixada: ninguém participou nele, ninguém perdeu nada.',
  'void.before_result':
    'Anulado depois de a lista ser fixada, mas antes de qualquer resultado: não há classificação nem ata. O seu manifesto continua público. Todas as inscrições esperam pelo sorteio seguinte, e as vagas passam para ele.',
  'void.after_result':
    'Anulado depois do resultado: as propostas e as marcações deste sorteio são retiradas, todas as inscrições ficam de novo em espera. A sua ata continua pública e verificável.',
} satisfies Translation<typeof french>;
