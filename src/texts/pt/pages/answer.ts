import type { answerPage as french } from '../../fr/pages/answer.ts';
import type { Translation } from '../../translation.ts';

export const answerPage = {
  accept: 'Aceitar esta marcação',
  decline: 'Recusar esta marcação',
  'accept.intro': 'Carregue no botão para confirmar. Ainda não foi registado nada.',
  'decline.intro':
    'Carregue no botão para recusar. Continua na lista de espera, e a vaga é proposta à pessoa seguinte.',
  accepted: 'A sua marcação está confirmada',
  'accepted.body': 'É-lhe enviada uma mensagem de confirmação. Venha com o documento que declarou.',
  declined: 'A sua recusa foi registada',
  'declined.body': 'Continua na lista de espera.',
  over: 'Esta proposta já não está aberta',
  'over.body': 'O prazo terminou, já foi dada uma resposta, ou a marcação já não existe.',
  linkOver: 'Este link já não é válido',
  'linkOver.body': 'Use o link da última mensagem recebida.',
  bad: 'Este link não é válido',
  'bad.body': 'Abra-o tal como está na sua mensagem.',
  when: 'Data e hora',
  where: 'Local',
  before: 'Responder antes de',
} satisfies Translation<typeof french>;
