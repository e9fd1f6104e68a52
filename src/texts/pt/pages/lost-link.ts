import type { lostLinkPage as french } from '../../fr/pages/lost-link.ts';
import type { Translation } from '../../translation.ts';

export const lostLinkPage = {
  title: 'Link perdido',
  body: 'Escreva o contacto que deu na inscrição. Se existir uma inscrição confirmada, o link e o segredo dela são enviados para lá, no máximo uma vez por hora.',
  contact: 'Já não tem acesso a este contacto? Mostre o seu documento ao balcão.',
  send: 'Receber o link',
  sent: 'Se existir uma inscrição confirmada com este contacto, uma mensagem vai a caminho. Veja também o correio não solicitado (spam).',
  join: 'Ainda não se inscreveu?',
  back: 'O sorteio: funcionamento, resultados, contestação',
} satisfies Translation<typeof french>;
