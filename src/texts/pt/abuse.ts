import type { abuse as french } from '../fr/abuse.ts';
import type { Translation } from '../translation.ts';

export const abuse = {
  notice:
    'Este relatório conta e mostra. Não decide nada: ninguém é recusado, atrasado ou retirado por causa dele. Uma família, um centro de acolhimento ou uma associação podem partilhar um endereço, um telefone ou uma ligação.',
  address_burst:
    '{count} inscrições de um mesmo endereço IP (IPv4, ou IPv6 /64) em {burstMinutes} minutos. Limiar: {burst}.',
  network_burst:
    '{count} inscrições de uma mesma rede IPv6 /48 em {burstMinutes} minutos. Limiar: {burst}.',
  mail_domain:
    '{count} inscrições com este domínio de e-mail, a partir de apenas {blocks} endereços. Limiar: {domain}, e no máximo um endereço por cada três inscrições.',
  same_moment:
    '{count} inscrições no mesmo segundo, por programas que se identificam da mesma forma. Limiar: {moment}.',
  quick_codes:
    '{count} códigos introduzidos menos de {quickSeconds} s depois da inscrição, a partir de um mesmo endereço. Limiar: {quick}.',
  shared_phone: '{count} inscrições com um mesmo número de telefone. Limiar: {phone}.',
  declined_often:
    '{count} propostas recusadas ou marcações canceladas por uma mesma inscrição. Limiar: {refusals}.',
  one_helper: '{count} inscrições feitas por um mesmo agente ou acompanhante. Limiar: {helper}.',
} satisfies Translation<typeof french>;
