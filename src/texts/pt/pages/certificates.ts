import type { certificatesPage as french } from '../../fr/pages/certificates.ts';
import type { Translation } from '../../translation.ts';

export const certificatesPage = {
  title: 'Verificar um certificado ou um comprovativo de inscrição',
  intro:
    'Qualquer pessoa pode verificar aqui que um certificado de participação, ou um comprovativo de inscrição, vem mesmo deste serviço e não foi modificado.',
  file: 'O ficheiro PDF',
  'file.hint':
    'Tal como foi recebido. Um PDF guardado de novo por outro programa já não é reconhecido.',
  signedText: 'Ou o texto assinado',
  'signedText.hint': 'O texto ou o endereço que o código QR dá.',
  check: 'Verificar',
  genuine: 'Autêntico.',
  notGenuine: 'Não autêntico.',
  certificate: 'Certificado de participação sem marcação atribuída',
  receipt: 'Comprovativo de inscrição na lista de espera',
  prefecture: 'Prefeitura',
  requestType: 'Pedido',
  entry: 'Número de inscrição',
  issued: 'Emitido em',
  joined: 'Inscrição feita em',
  waiting: 'Em espera desde',
  unverified: 'ainda não: o código enviado não tinha sido confirmado',
  week: 'semana',
  void: 'Este sorteio foi declarado nulo: não conta.',
  open: 'A lista de reserva ainda estava aberta.',
  weaker: 'O acaso vem de um segredo do operador: é mais fraco do que uma baliza pública.',
  proves: 'O que isto prova',
  'proves.body':
    'Que este serviço emitiu este documento, e que nada foi mudado nele. Não que a pessoa que o apresenta é a da inscrição: compare o número de inscrição. O próprio sorteio verifica-se com a sua ata.',
  privacy:
    'O documento entregue não é conservado nem registado. O texto assinado não contém nenhum nome.',
  offline: 'Sem este serviço:',
  keys: 'chaves públicas',
  attempts:
    '{draws, plural, =0 {Nenhum dos sorteios abaixo conta: estão anulados.} one {Esta inscrição participou num sorteio, sem que lhe tenha sido proposta uma marcação à data do documento.} other {Esta inscrição participou em # sorteios, {weeks, plural, one {na mesma semana} other {em # semanas diferentes}}, sem que lhe tenha sido proposta uma marcação à data do documento.}}',
  standing: 'posição {rank} em {entries}; {waiting} em espera para o mesmo pedido, {places} vagas.',
} satisfies Translation<typeof french>;
