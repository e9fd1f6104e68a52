import type { papers as french } from '../fr/papers.ts';
import type { Translation } from '../translation.ts';

export const papers = {
  'receipt.title': 'Comprovativo de inscrição na lista de espera',
  'receipt.foot': 'Inscrição',
  'receipt.intro': 'O serviço de marcações de «{prefecture}» registou a seguinte inscrição.',
  'receipt.requestType': 'Pedido',
  'receipt.entry': 'Número de inscrição',
  'receipt.joined': 'Inscrição feita em',
  'receipt.waiting': 'Em espera desde',
  'receipt.unverified': 'ainda não: o código enviado não foi confirmado',
  'receipt.made': 'Documento emitido em',
  'receipt.sentences': [
    'As marcações são sorteadas. A data de inscrição não dá nenhuma posição, e ninguém pode vender uma vaga.',
    'Guarde este documento: prova que a inscrição estava na lista, com este pedido e estas disponibilidades. Não contém nome, nem endereço, nem segredo.',
    'Este documento não é um recibo (récépissé) de pedido de título de residência. Não autoriza a residir nem a trabalhar e não vale como marcação.',
  ],
  'receipt.caption': 'Comprovativo assinado',
  'receipt.alternative':
    'Código QR. Contém o endereço da página de verificação e o comprovativo de inscrição assinado.',
  'receipt.check':
    'Verificar: leia o código, ou entregue este ficheiro em {address}. Sem o serviço: npm run verify -- RECORD --receipt FICHEIRO --keys CHAVES. Assinatura Ed25519, chave «{keyId}»; as chaves públicas estão no endereço /v1/keys do serviço.',

  'accepts.sites': 'Locais aceites',
  'accepts.windows': 'Horas aceites',
  'accepts.dates': 'Datas aceites',
  'accepts.anySite': 'todos',
  'accepts.anyTime': 'todas',
  'accepts.from': 'a partir de {day}',
  'accepts.until': 'até {day}',
  'accepts.more': 'e mais {count}',

  'certificate.title': 'Certificado de participação sem marcação atribuída',
  'certificate.foot': 'Certificado',
  'certificate.intro':
    'O serviço de marcações de «{prefecture}» certifica que a inscrição abaixo participou {draws, plural, =1 {num sorteio} other {em # sorteios, {weeks, plural, =1 {na mesma semana} other {em # semanas diferentes}}}}, e que, à data deste documento, não lhe foi proposta nenhuma marcação em resultado {draws, plural, =1 {desse sorteio} other {desses sorteios}}.',
  'certificate.requestType': 'Pedido',
  'certificate.entry': 'Número de inscrição',
  'certificate.name': 'Nome',
  'certificate.name.noted':
    '{name} (tal como indicado na inscrição; a identidade é verificada ao balcão)',
  'certificate.name.leftOut':
    'não impresso: este documento não consegue escrever os seus caracteres. É o número de inscrição que faz fé.',
  'certificate.made': 'Documento emitido em',
  'certificate.columns': [
    'N.º',
    'Data e sorteio',
    'Semana',
    'Posição',
    'Em espera',
    'Vagas',
    'Notas',
  ],
  'certificate.columnsNote':
    'Semana: semana civil (ISO 8601). Posição: entre todas as inscrições do sorteio, seja qual for o pedido; a primeira posição é servida primeiro. Em espera: inscrições para o mesmo pedido. Vagas: as que podiam servir este pedido, por vezes partilhadas com outros.',
  'certificate.note': '«{remark}»: {meaning}',
  'certificate.void': 'anulado',
  'certificate.voidNote':
    'sorteio declarado nulo pela prefeitura depois do seu resultado; não vale para ninguém e não é contado acima.',
  'certificate.open': 'lista aberta',
  'certificate.openNote':
    'a lista de reserva deste sorteio ainda podia dar uma proposta à data deste documento.',
  'certificate.weaker': 'acaso mais fraco',
  'certificate.sentences': [
    'Este documento constata factos. Pode ser apresentado ao juiz dos processos urgentes (juge des référés; artigo L. 521-3 do código de justiça administrativa francês): segundo o Conseil d’État (10 de junho de 2020, n.º 435594), cabe ao requerente provar que não conseguiu obter uma data apesar de várias tentativas que não foram feitas na mesma semana. Só o juiz pode apreciar o alcance deste documento.',
    'Este documento não é um recibo (récépissé) de pedido de título de residência. Não autoriza a residir nem a trabalhar e não vale como marcação.',
  ],
  'certificate.check':
    'Verificar: leia cada código, ou entregue este ficheiro em {address}. Sem o serviço: npm run verify -- --certificate FICHEIRO --keys CHAVES. Assinatura Ed25519, chave «{keyId}»; as chaves públicas estão no endereço /v1/keys do serviço. Os códigos não contêm nenhum nome; o selo do ficheiro cobre cada byte, incluindo o nome impresso.',
  'certificate.code': 'Certificado assinado',
  'certificate.code.line': 'Certificado assinado, linha {line}',
  'certificate.code.lines': 'Certificado assinado, linhas {first} a {last}',
  'certificate.alternative':
    '{caption}. Código QR. Contém o endereço da página de verificação e o certificado assinado.',

  'letter.nameless': 'Inscrição {entry}',
  'letter.answer':
    'Para responder: ao balcão ou por telefone, com a sua referência, ou com o código abaixo. Não dê a sua referência a mais ninguém.',
  'letter.caption': 'Responder com um telefone',
  'letter.alternative': 'Código QR que leva à página da sua inscrição',

  'check.form_unknown':
    'Isto não é um certificado nem um comprovativo de inscrição deste serviço, ou o texto está incompleto.',
  'check.seal_missing':
    'Este PDF não tem selo: não foi feito por este serviço, ou foi gravado de novo por outro programa. Tente com o ficheiro original ou com o código QR.',
  'check.key_unknown':
    'O documento está assinado com uma chave que não é, e nunca foi, uma chave deste serviço.',
  'check.signature_wrong': 'A assinatura é falsa: pelo menos um carácter foi alterado.',
  'check.content_changed':
    'Este PDF foi alterado depois de ter sido selado: o que nele está impresso não prova nada.',
  'check.content_unknown':
    'A assinatura está certa, mas o conteúdo não é o de um documento deste serviço.',
  'check.draw_differs':
    'A assinatura está certa, mas o serviço conhece este sorteio com outra soma de controlo: comunique-o.',
  'check.genuine':
    'Este documento é autêntico: foi assinado por este serviço e nada nele foi alterado.',
} satisfies Translation<typeof french>;
