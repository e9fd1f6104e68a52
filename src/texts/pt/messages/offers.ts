import type { offers as french } from '../../fr/messages/offers.ts';
import type { Translation } from '../../translation.ts';

export const offers = {
  'offer.subject': 'Uma marcação para si: responda antes de {deadlineDay}',
  'offer.sms': 'Proposta: {slot}. Responda até {deadline}, senão passa a outra pessoa. Aceitar:',
  'offer.note': 'Há uma marcação para si, para {slot}. Responda antes de {deadline}.',
  'offer.intro': 'Foi sorteada uma marcação para si.',
  'offer.answer': 'Responda antes de {deadline}.',
  'offer.accept': 'Aceito esta marcação',
  'offer.decline': 'Recuso esta marcação',
  'offer.what': [
    'Se recusar, a marcação vai para outra pessoa. Continua na lista de espera para o próximo sorteio.',
    'Se não responder, a marcação também vai para outra pessoa. Depois de várias vezes sem resposta, sai da lista.',
  ],
  'offer.bring':
    'No dia da marcação, traga {document}. A marcação está em seu nome: ninguém pode vir em seu lugar.',

  'reminder.subject': 'Lembrete: responda antes de {deadlineDay}',
  'reminder.sms': 'Lembrete: {slot}. Responda até {deadline}, senão passa a outra pessoa. Aceitar:',
  'reminder.note':
    'Lembrete: uma marcação espera por si, para {slot}. Responda antes de {deadline}.',
  'reminder.intro': 'Ainda não temos a sua resposta. Esta marcação continua à sua espera:',
  'reminder.answer': 'Responda antes de {deadline}. Depois, a marcação vai para outra pessoa.',
  'reminder.what':
    'Se recusar, continua na lista de espera para o próximo sorteio. Depois de várias vezes sem resposta, sai da lista.',
  'reminder.bring': 'No dia da marcação, traga {document}.',

  'expired.subject': 'Não respondeu a tempo',
  'expired.sms':
    '{waiting, select, true {Não respondeu a tempo. A marcação vai para outra pessoa. Continua na lista de espera:} other {Não respondeu a tempo, várias vezes. Já não está na lista de espera:}}',
  'expired.note': 'Não respondeu a tempo. A marcação de {slot} vai para outra pessoa.',
  'expired.intro':
    'Havia uma marcação à sua espera, para {slot}. Não respondeu a tempo. Esta marcação vai para outra pessoa.',
  'expired.waiting':
    'Continua na lista de espera. Participa no próximo sorteio, não precisa de fazer nada.',
  'expired.leave':
    'Depois de várias vezes sem resposta, sai da lista. Se já não quiser uma marcação, pode sair da lista agora.',
  'expired.left': 'Várias vezes, não tivemos resposta. Por isso, já não está na lista de espera.',
  'expired.again': 'Ainda precisa de uma marcação? Pode inscrever-se de novo.',

  'revoked.subject':
    '{booked, select, true {A sua marcação foi cancelada pela prefeitura} other {A marcação proposta já não está disponível}}',
  'revoked.sms':
    '{booked, select, true {A prefeitura cancelou a sua marcação de {slot}.} other {A marcação proposta para {slot} já não está disponível.}} Continua na lista de espera:',
  'revoked.note': 'A marcação de {slot} não vai realizar-se. Continua na lista de espera.',
  'revoked.intro':
    '{booked, select, true {A prefeitura tem de cancelar a sua marcação:} other {A prefeitura tem de retirar a marcação que lhe propôs:}}',
  'revoked.sorry': 'Não venha nesse dia. A culpa não é sua, e pedimos desculpa.',
  'revoked.waiting':
    'Continua na lista de espera. Participa no próximo sorteio, não precisa de fazer nada. O motivo está publicado na página dos sorteios.',
  'revoked.why': 'Porquê? A página dos sorteios',
} satisfies Translation<typeof french>;
