import type { refusedPage as french } from '../../fr/pages/refused.ts';
import type { Translation } from '../../translation.ts';

export const refusedPage = {
  missing: 'Página não encontrada',
  'missing.body': 'Verifique o endereço, ou abra o link da sua mensagem.',
  busy: 'Demasiados acessos',
  'busy.body': 'Espere um minuto e tente de novo. Não perde a sua vez.',
  other: 'Isto não é possível',
  'other.body': 'Nada mudou. Volte atrás e tente de novo.',
  down: 'Serviço indisponível',
  'down.body': 'Tente de novo dentro de alguns minutos. Não perde a sua vez.',
} satisfies Translation<typeof french>;
