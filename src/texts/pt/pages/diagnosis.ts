import type { diagnosis as french } from '../../fr/pages/diagnosis.ts';
import type { Translation } from '../../translation.ts';

export const diagnosis = {
  drawn: 'A sua inscrição foi sorteada: tem direito a uma proposta de marcação.',
  no_slot_for_type:
    'Nenhuma vaga deste sorteio servia o seu pedido. A sua posição não teve nada a ver com isso.',
  availability_too_narrow:
    'Havia vagas para o seu pedido, mas nenhuma nos dias, horas e locais que tinha indicado. Se puder, alargue-os antes do próximo sorteio.',
  cap_reached:
    'Quando chegou a vez da sua inscrição, o seu pedido já tinha o maior número de vagas que as regras lhe permitem.',
  rank_too_low:
    'Quando chegou a vez da sua inscrição, todas as vagas que podia receber estavam atribuídas: a posições melhores, ou às vagas que as regras reservam.',
  refilled: 'Depois, foi-lhe proposta uma vaga libertada.',
  not_verified:
    'A inscrição não está confirmada: o código enviado não foi introduzido. Até lá, não participa em nenhum sorteio.',
  offer_open: 'Há uma marcação proposta, que espera por uma resposta.',
  appointment_booked: 'Há uma marcação confirmada: a inscrição já não participa nos sorteios.',
  appointment_done: 'A marcação realizou-se.',
  withdrawn: 'A inscrição saiu da lista de espera a pedido da pessoa.',
  rejected: 'A prefeitura recusou esta inscrição.',
  left_unanswered:
    'A inscrição já não está ativa: um prazo terminou sem resposta, ou ninguém veio à marcação.',
  appointment_missed:
    'A inscrição já não está ativa: um agente registou que ninguém veio à marcação.',
  erased: 'A inscrição foi apagada.',
  offer_declined:
    'Uma marcação deste sorteio foi proposta, e recusada. A inscrição está de novo em espera.',
  offer_expired:
    'Uma marcação deste sorteio foi proposta, mas o prazo terminou sem resposta. A inscrição está de novo em espera.',
  offer_revoked:
    'Uma marcação deste sorteio foi proposta, e depois retirada pelo serviço. A inscrição está de novo em espera.',
  appointment_cancelled:
    'Uma marcação deste sorteio estava confirmada, e depois foi cancelada. A inscrição está de novo em espera.',
  on_reserve_list:
    'A inscrição está na lista de reserva deste sorteio: ainda lhe pode ser proposta uma vaga libertada.',
  draw_under_way:
    'Há um sorteio em curso: a lista está fixada, ainda não seguiram todas as propostas.',
  draw_void: 'Este sorteio foi anulado. Não conta para ninguém; a inscrição espera pelo seguinte.',
  draw_unindexed:
    'Este sorteio foi feito por uma versão que não guarda o lugar de cada inscrição. A ata pública indica-o.',
  joined_after_freeze:
    'A lista do último sorteio foi fixada antes de esta inscrição estar na lista de espera.',
  sits_out:
    'Depois de uma falta a uma marcação, ou de um cancelamento demasiado tarde, a inscrição fica fora do próximo sorteio. Continua na lista de espera.',
  paused: 'Os sorteios estão suspensos de momento. A inscrição continua válida.',
  draw_planned: 'O próximo sorteio está previsto.',
  no_draw_planned: 'Ainda não está previsto nenhum próximo sorteio.',
} satisfies Translation<typeof french>;
