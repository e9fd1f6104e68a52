import type { shared as french } from '../../fr/messages/shared.ts';
import type { Translation } from '../../translation.ts';

export const shared = {
  greeting: 'Bom dia,',
  'greeting.named': 'Bom dia, {name},',
  'fact.request': 'Pedido',
  'fact.yourRequest': 'O seu pedido',
  'fact.reference': 'A sua referência',
  'fact.secret': 'O seu segredo',
  'fact.date': 'Data',
  'fact.time': 'Hora',
  'fact.place': 'Local',
  'fact.address': 'Endereço',
  'link.entry': 'Ver a minha inscrição',
  'note.other': 'Português: {text}',
  'note.entry': 'A sua inscrição: {url}',
  'note.accept': 'Para aceitar: {url}',
  'footer.reference': 'A sua referência: {entry}',
  'footer.free': 'A lista de espera é gratuita. Ninguém pode pedir-lhe dinheiro por uma marcação.',
  'footer.rules': 'As regras do sorteio, e como o contestar: {url}',
  'footer.automatic': 'Esta mensagem é automática. Por favor, não responda.',
  'calendar.summary': 'Marcação na prefeitura',
  'document.agdref': 'o documento com o seu número de estrangeiro (10 algarismos)',
  'document.passport': 'o passaporte que indicou',
  'document.consular': 'o cartão consular que indicou',
  'document.none': 'qualquer documento que prove a sua identidade',
  'request.dropped': 'o seu pedido',
} satisfies Translation<typeof french>;
