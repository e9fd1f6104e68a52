import type { verifierInBrowser as french } from '../../fr/pages/verifier-in-browser.ts';
import type { Translation } from '../../translation.ts';

export const verifierInBrowser = {
  verified: 'O sorteio está verificado',
  'verified.more':
    'Tudo foi calculado de novo aqui, no seu navegador: a lista, a semente, a classificação, as vagas atribuídas e o que se seguiu.',
  void: 'Este sorteio foi anulado: não conta.',
  differs: 'Esta ata não corresponde ao sorteio',
  'differs.more':
    'Foi modificada, ou o sorteio não seguiu as regras. Guarde este ficheiro e comunique o caso.',
  malformed: 'Este ficheiro não é uma ata inteira e bem formada',
  'malformed.more': 'Foi cortado ou modificado, ou é outro ficheiro. Descarregue a ata de novo.',
  cancelled: 'Verificação parada',
  'cancelled.more': 'Não há resultado.',
  failed: 'A leitura falhou',
  refused: 'Este sorteio não está disponível',
  unknownDraw: 'O endereço desta página não indica nenhum sorteio. Escolha um ficheiro.',
  started: 'A verificar…',
  drawing: 'Tudo foi lido. A calcular o sorteio…',
  drand: 'Acaso: baliza pública drand. A sua assinatura foi verificada.',
  operator:
    'Acaso: segredo do operador. É uma fonte mais fraca: o operador podia calar-se, ou acrescentar inscrições.',
  compare: 'A comparar com o que foi publicado antes do sorteio',
  at: 'Linha {line} do ficheiro. Motivo, em inglês:',
  read: '{lines, plural, one {# linha lida} many {# de linhas lidas} other {# linhas lidas}}',
  'read.share':
    '{lines, plural, one {# linha lida} many {# de linhas lidas} other {# linhas lidas}} ({percent}%)',
  'fact.draw': 'Sorteio',
  'fact.prefecture': 'Prefeitura',
  'fact.entries': 'Inscrições',
  'fact.places': 'Vagas',
  'fact.winners': 'Inscrições sorteadas',
  'fact.refills': 'Vagas dadas de novo',
  'fact.events': 'Acontecimentos depois do sorteio',
  'fact.manifest': 'Manifesto',
  'fact.outcome': 'Resultado',
  'fact.record': 'Ficheiro descomprimido (sha256sum)',
} satisfies Translation<typeof french>;
