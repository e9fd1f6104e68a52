import type { entry as french } from '../../fr/messages/entry.ts';
import type { Translation } from '../../translation.ts';

export const entry = {
  'code.subject': 'O seu código para a lista de espera',
  'code.sms': 'O seu código: {code}. É válido até às {time}. Não o dê a ninguém.',
  'code.note': 'O seu código é {code}. É válido até {expires}.',
  'code.intro': 'Este é o seu código para confirmar a sua inscrição na lista de espera:',
  'code.fact.code': 'Código',
  'code.fact.expires': 'Válido até',
  'code.enter': 'Introduza este código na página da sua inscrição.',
  'code.link': 'Abrir a minha inscrição',
  'code.secret': 'Não dê este código a ninguém. A prefeitura nunca o vai pedir por telefone.',
  'code.unasked':
    'Não pediu nada? Talvez alguém tenha escrito o seu endereço por engano. Não precisa de fazer nada.',

  'welcome.subject': 'Está na lista de espera',
  'welcome.sms':
    'Está na lista de espera. As marcações são sorteadas. Escrevemos-lhe se houver uma marcação para si.',
  'welcome.note': 'Está na lista de espera. Escrevemos-lhe se houver uma marcação para si.',
  'welcome.intro': 'Está na lista de espera para uma marcação.',
  'welcome.how': 'Como funciona:',
  'welcome.steps': [
    'As marcações são sorteadas. Chegar primeiro não serve de nada.',
    'Se houver uma marcação para si, escrevemos-lhe. Tem tempo para responder.',
    'Se não for desta vez, continua na lista. Não precisa de fazer nada.',
    'Não pode mudar o nome. A sua identidade é verificada ao balcão.',
  ],
  'welcome.keep':
    'Guarde esta mensagem. Com o seu segredo, pode ver a sua inscrição ou sair da lista. Não o dê a ninguém:',

  'link.subject': 'O link da sua inscrição',
  'link.sms': 'Este é o link da sua inscrição na lista de espera, que pediu.',
  'link.note': 'Este é o link da sua inscrição, que pediu.',
  'link.intro': 'Pediu o link da sua inscrição na lista de espera.',
  'link.secret':
    'Com o seu segredo, pode ver a sua inscrição, responder a uma proposta ou sair da lista. Não o dê a ninguém:',
  'link.unasked': 'Não pediu nada? Não precisa de fazer nada: esta mensagem só chegou a si.',

  'duplicate.subject': 'Uma das suas inscrições foi retirada',
  'duplicate.sms':
    'Tinha várias inscrições para o mesmo pedido. Só uma conta: esta foi retirada, a outra continua.',
  'duplicate.note': 'Uma inscrição foi retirada: a mesma pessoa tinha várias. A outra continua.',
  'duplicate.intro':
    'Um agente da prefeitura verificou que a mesma pessoa tinha várias inscrições para o mesmo pedido. Cada pessoa tem só uma: é isso que torna o sorteio igual para todos.',
  'duplicate.fact.request': 'Pedido',
  'duplicate.fact.entry': 'Inscrição retirada',
  'duplicate.other':
    'A sua outra inscrição continua na lista de espera. Não precisa de fazer nada.',
  'duplicate.mistake':
    'Não tem outra inscrição? É um erro. Venha ao balcão ou escreva à prefeitura, com o seu documento: um agente pode fazer uma nova inscrição para si.',
} satisfies Translation<typeof french>;
