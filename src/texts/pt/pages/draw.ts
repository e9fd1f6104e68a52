import type { drawPage as french } from '../../fr/pages/draw.ts';
import type { Translation } from '../../translation.ts';

export const drawPage = {
  draw: 'Número do sorteio',
  tickets: 'Os seus números de sorteio',
  'tickets.counts': 'O que conta, o mais pequeno',
  'tickets.compute': 'Para o calcular por conta própria',
  proof: 'A prova de que lá estava',
  'proof.body':
    'Esta linha é a sua inscrição tal como foi fixada. Com as somas de controlo abaixo, leva à raiz publicada no manifesto: nada nela pode ter sido mudado depois.',
  'proof.leaf': 'A sua linha',
  'proof.place': 'O lugar dela (a partir de 0), e quantas há',
  'proof.path': 'As somas de controlo, de baixo para cima',
  'proof.root': 'A raiz',
  manifest: 'O manifesto deste sorteio',
  back: 'Voltar à minha inscrição',
} satisfies Translation<typeof french>;
