import type { appointments as french } from '../../fr/messages/appointments.ts';
import type { Translation } from '../../translation.ts';

export const appointments = {
  'booked.subject': 'A sua marcação está confirmada',
  'booked.sms': 'Marcação confirmada para {slot}. Não pode vir? Cancele aqui:',
  'booked.note': 'A sua marcação está confirmada para {slot}.',
  'booked.note.entry': 'Para a ver ou cancelar: {url}',
  'booked.intro': 'A sua marcação está confirmada.',
  'booked.day': 'Nesse dia:',
  'booked.todo': [
    'Traga {document}.',
    'Chegue dez minutos antes da hora.',
    'A marcação está em seu nome: ninguém pode vir em seu lugar.',
  ],
  'booked.file': 'O ficheiro anexo acrescenta esta marcação ao seu calendário.',
  'booked.cancel':
    'Não pode vir? Cancele logo que possível: a sua vaga passa para outra pessoa, e a sua inscrição volta à lista de espera.',
  'booked.link': 'Ver ou cancelar a minha marcação',

  'cancelled.subject': 'A sua marcação foi cancelada',
  'cancelled.sms':
    'A sua marcação de {slot} foi cancelada. {waiting, select, true {Volta à lista de espera{draws, plural, =0 {} one {, sem participar no próximo sorteio} other {, sem participar nos próximos # sorteios}}:} other {A sua inscrição:}}',
  'cancelled.note': 'A sua marcação de {slot} foi cancelada.',
  'cancelled.intro': 'A sua marcação foi cancelada:',
  'cancelled.late':
    'Volta à lista de espera. O cancelamento chegou demasiado tarde: pela regra da prefeitura, não participa {draws, plural, one {no próximo sorteio} other {nos próximos # sorteios}}. Teve um impedimento? Escreva-o na página da sua inscrição: um agente lê e decide.',
  'cancelled.waiting':
    'Volta à lista de espera. Participa no próximo sorteio, não precisa de fazer nada.',
  'cancelled.left': 'Já não está na lista de espera. Pode inscrever-se de novo.',
  'cancelled.place': 'Outra pessoa pode ficar com esta vaga. Não é possível recuperá-la.',
  'cancelled.unasked': 'Não pediu este cancelamento? Abra a sua inscrição e escreva à prefeitura.',

  'absence.subject': 'A sua inscrição: foi registada uma ausência',
  'absence.sms':
    '{cause, select, no_show {Ninguém veio à sua marcação.} other {Devolveu uma marcação demasiado tarde.}} Não participa {draws, plural, one {no próximo sorteio} other {nos próximos # sorteios}}. A culpa não é sua? Diga porquê:',
  'absence.note':
    'Foi registada uma ausência: não participa {draws, plural, one {no próximo sorteio} other {nos próximos # sorteios}}. Pode dizer porquê.',
  'absence.intro':
    '{cause, select, no_show {Um agente registou que ninguém veio à sua marcação.} other {Devolveu uma marcação demasiado tarde: ao cancelá-la, ou ao sair da lista de espera.}}',
  'absence.rule':
    'Pela regra da prefeitura, não participa {draws, plural, one {no próximo sorteio} other {nos próximos # sorteios}}, nem com esta inscrição nem com uma nova para o mesmo pedido.',
  'absence.explain':
    'É um erro, ou teve um impedimento? Escreva isso na página da sua inscrição, em poucas palavras, na língua que quiser. Um agente lê o que escrever e decide. Se lhe der razão, volta a participar já no próximo sorteio.',
  'absence.link': 'Explicar porquê',

  'absence_decided.subject': 'A sua inscrição: foi tomada uma decisão',
  'absence_decided.sms':
    '{lifted, select, true {A ausência registada na sua inscrição foi retirada.} other {A ausência registada na sua inscrição mantém-se, depois de lidas as suas explicações.}} A sua inscrição:',
  'absence_decided.note':
    '{lifted, select, true {A ausência registada na sua inscrição foi retirada.} other {A ausência registada na sua inscrição mantém-se.}}',
  'absence_decided.intro':
    '{lifted, select, true {Um agente retirou a ausência registada na sua inscrição. Já não lhe custa nada.} other {Um agente leu as suas explicações e decidiu que a ausência se mantém.}}',
  'absence_decided.draws':
    'Não participa {draws, plural, one {no próximo sorteio} other {nos próximos # sorteios}}. Depois volta a participar.',
  'absence_decided.waiting':
    'Participa no próximo sorteio se estiver na lista de espera, não precisa de fazer nada.',
  'absence_decided.ended':
    'Esta inscrição terminou. Com uma nova inscrição, participa já no próximo sorteio.',
  'absence_decided.disagree':
    'Não concorda? Escreva à prefeitura ou venha ao balcão: um erro ainda pode ser corrigido.',
} satisfies Translation<typeof french>;
