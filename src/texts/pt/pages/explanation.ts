import type { explanation as french } from '../../fr/pages/explanation.ts';
import type { Translation } from '../../translation.ts';

export const explanation = {
  'title.purpose': 'Para que serve este tratamento',
  'title.outcome': 'O resultado para si',
  'title.rank': 'A sua posição',
  'title.rules': 'As regras deste sorteio',
  'title.parameters': 'O que contou para si',
  'title.data': 'Os dados usados',
  'title.randomness': 'A fonte do acaso',
  'title.contest': 'Contestar, pedir explicações',
  purpose:
    'O sorteio reparte as marcações quando há mais pedidos do que vagas. Um algoritmo faz a classificação e atribui as vagas; nenhum agente escolhe entre as inscrições.',
  'data.entry':
    'Da sua inscrição: o número, o pedido, as suas disponibilidades, o número de sorteios sem proposta e, se for o caso, a via prioritária. Nem o seu nome, nem os seus contactos, nem a hora da sua inscrição. O pedido e as disponibilidades foram dados por si; o serviço conta os sorteios.',
  'data.prefecture':
    'Da prefeitura: as vagas livres e as regras, fixadas e publicadas sob a forma de somas de controlo antes de o acaso ser público.',
  'contest.rights':
    'Esta decisão assenta num tratamento algorítmico (código francês das relações entre o público e a administração, CRPA, art. L. 311-3-1, R. 311-3-1-1 e R. 311-3-1-2). Pode pedir à prefeitura as regras deste tratamento, os dados usados e os parâmetros aplicados à sua situação; as principais regras são públicas (art. L. 312-1-3).',
  'contest.how':
    'Para contestar, escreva à prefeitura com o seu número de inscrição e o do sorteio, nunca o seu segredo. Também pode recorrer ao Défenseur des droits (provedor de justiça francês, gratuito) ou ao tribunal administrativo. Uma associação ou um advogado pode ajudar.',
  void: 'Este sorteio foi anulado: não conta para ninguém. Este era o resultado dele.',
  rank: 'Posição {rank} no sorteio, {rankInType} em {entries} para o seu pedido: {requestType}.',
  'served.none': 'Neste sorteio não foi proposta nenhuma vaga para este pedido.',
  'served.last':
    'Última posição servida para este pedido: {rank} no sorteio ({rankInType} para o pedido), incluindo as vagas libertadas. Quem pode vir em poucos dias, horas ou locais pode não receber nada com uma posição melhor.',
  'rule.tickets':
    'Cada inscrição tem um ou vários números de sorteio, calculados com o acaso publicado; conta o mais pequeno. Pela ordem das posições, cada uma recebe a primeira vaga da sua escolha que deixe uma vaga às já sorteadas.',
  'rule.priority':
    'Até {places} vagas vão primeiro para a via prioritária, que dois agentes concedem.',
  'rule.quotaMin':
    'Até {places} vagas são primeiro para o seu pedido, se houver horários suficientes e inscrições suficientes que os possam ocupar.',
  'rule.quotaMax': 'O seu pedido tem no máximo {places} vagas.',
  'rule.ageing':
    'Cada sorteio sem proposta acrescenta números de sorteio: {each} de cada vez, no máximo {most} ao todo.',
  'rule.guarantee':
    'A partir de {draws} sorteios sem proposta, uma inscrição é classificada antes de todas as outras.',
  'counted.tickets': 'Sorteios sem proposta antes deste: {missed}. Números de sorteio: {tickets}.',
  'counted.priority':
    'Via prioritária: {priority, select, true {sim} other {não}}. Classificada antes de todas as outras: {guaranteed, select, true {sim} other {não}}.',
  'counted.availability': 'Disponibilidades: {availability}.',
  'availability.any': 'todos os locais, dias e horas',
  'availability.anySite': 'todos os locais',
  'availability.window': '{days} das {from} às {until}',
  'availability.notBefore': 'a partir de {day}',
  'availability.notAfter': 'até {day}',
  'availability.and': '{first}; {next}',
} satisfies Translation<typeof french>;
