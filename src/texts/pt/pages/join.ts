import type { joinPage as french } from '../../fr/pages/join.ts';
import type { Translation } from '../../translation.ts';

export const joinPage = {
  title: 'Inscrever-se',
  intro: [
    'É gratuito. Não pague a ninguém.',
    'Não tenha pressa: ser a primeira pessoa não dá nenhuma vantagem.',
    'Só uma inscrição por pessoa e por pedido.',
  ],
  'label.requestType': 'O seu pedido',
  'label.name': 'Apelido e nome próprio',
  'label.agdref': 'Número de estrangeiro (AGDREF)',
  'label.passport': 'Número do passaporte',
  'label.passportCountry': 'País do passaporte',
  'label.consular': 'Número do cartão consular',
  'label.consularCountry': 'País do cartão',
  'label.birthDate': 'Data de nascimento',
  'label.nationality': 'Nacionalidade (país)',
  'label.email': 'Endereço de e-mail',
  'label.phone': 'Número de telefone',
  'label.language': 'Língua das mensagens',
  'label.sites': 'Locais onde pode vir',
  'label.days': 'Dias em que pode vir',
  'label.from': 'A partir de (hora)',
  'label.until': 'Até (hora)',
  'label.notBefore': 'Não antes de',
  'label.notAfter': 'Não depois de',
  'hint.name': 'Como no seu documento. Depois já não se pode mudar.',
  'hint.agdref':
    '10 algarismos, no seu título de residência, recibo (récépissé) ou visto de longa duração.',
  'hint.country': 'Por exemplo: Marrocos, ou MAR.',
  'hint.email': 'Por exemplo: nome@example.org',
  'hint.phone': 'Por exemplo: 06 12 34 56 78',
  'hint.birthDate': 'Dia, mês, ano.',
  'hint.sites': 'Se não assinalar nada: todos. Senão, tentamos por esta ordem.',
  'hint.days': 'Se não assinalar nada: todos.',
  'hint.agdrefNeeded': 'Número AGDREF obrigatório.',
  'hint.requestType':
    'É preciso um documento: número de estrangeiro (AGDREF), passaporte ou cartão consular. Sem documento: data de nascimento e nacionalidade. Onde isso está escrito, o número AGDREF é obrigatório.',
  onlyAt: 'Local: {sites}.',
  servedAt: 'Para este pedido: {sites}.',
  documents: 'O seu documento',
  'documents.hint': 'Basta um. Se tiver vários, indique-os: poderá mostrar um ou outro.',
  'documents.passport': 'Tenho um passaporte',
  'documents.consular': 'Tenho um cartão consular',
  'documents.none': 'Não tenho nenhum documento',
  contact: 'O seu contacto',
  'contact.hint':
    'Um endereço de e-mail ou um telefone, à sua escolha. Enviamos para lá um código, e depois a proposta de marcação.',
  'contact.emailHint':
    'Um endereço de e-mail: enviamos para lá um código, e depois a proposta de marcação. Não tem? Inscreva-se ao balcão: as mensagens vão por correio.',
  availability: 'Onde e quando vir (opcional)',
  'availability.hint': 'Quanto mais escolher, menos vagas há para si. Pode mudar isto mais tarde.',
  send: 'Inscrever-me',
  'send.hint':
    'Depois: é-lhe enviado um código de 6 algarismos, para introduzir na página seguinte.',
  data: 'Os seus dados servem apenas para esta inscrição e são guardados cifrados. Pode vê-los e pedir que sejam apagados.',
  lost: 'Já se inscreveu e perdeu o link?',
  back: 'O sorteio: funcionamento, resultados, contestação',
  'fault.language': 'Escolha a língua das mensagens.',
  'fault.type': 'Escolha o seu pedido.',
  'fault.name': 'Escreva o seu apelido e o seu nome próprio.',
  'fault.agdref': 'São precisos 10 algarismos. Leia de novo o número no seu documento.',
  'fault.agdref_needed': 'Este pedido exige o número de estrangeiro (AGDREF).',
  'fault.agdref_unknown':
    'O ficheiro nacional não conhece este número. Leia-o de novo no seu documento.',
  'fault.document_needed':
    'Indique um documento: este número, um passaporte ou um cartão consular. Sem documento: data de nascimento e nacionalidade.',
  'fault.number': 'Escreva o número como está no documento.',
  'fault.country': 'Escreva o nome do país, ou as suas 3 letras como no passaporte (MAR, DZA…).',
  'fault.date': 'Escreva a data: dia, mês, ano.',
  'fault.contact_needed': 'Indique um endereço de e-mail ou um número de telefone.',
  'fault.email_needed': 'Indique um endereço de e-mail.',
  'fault.contact_full':
    'Este contacto já serve a várias pessoas. Indique o seu, ou venha ao balcão.',
  'fault.email': 'Este endereço não está completo. Por exemplo: nome@example.org',
  'fault.phone':
    'Este número não está completo. Número de outro país: com + e o indicativo do país.',
  'fault.site': 'Um local assinalado não recebe para este pedido.',
  'fault.times': 'A hora de início tem de ser antes da hora de fim.',
  'fault.dates': 'A primeira data tem de ser antes da segunda.',
  'refusal.fields': 'Ainda há algo a corrigir. Nada se perdeu:',
  'refusal.duplicate':
    'Já há uma inscrição para este pedido com o que indicou. Continue com essa: o link está na sua mensagem. Se não é sua, ou se não conseguir, mostre o seu documento ao balcão.',
  'refusal.repeated':
    'Este formulário já foi enviado com outras respostas. Veja as suas mensagens: talvez já tenha uma inscrição. Senão, envie de novo.',
  'refusal.too_many': 'Demasiados envios de momento. Espere alguns minutos e envie de novo.',
  'refusal.work':
    'O pequeno cálculo do seu telefone falta ou é demasiado antigo. Está a recomeçar: carregue de novo no botão. Senão: ao balcão, por telefone ou com uma associação, com as mesmas probabilidades.',
  'refusal.down':
    'O serviço não responde. Nada foi registado: envie de novo dentro de alguns minutos.',
  'work.needsScript':
    'Este telefone ou este navegador não faz o pequeno cálculo que pedimos contra os robôs: é preciso JavaScript. Pode:',
  'work.otherWays': [
    'ativar o JavaScript, ou abrir esta página noutro navegador ou noutro telefone;',
    'inscrever-se ao balcão da prefeitura, com o seu documento;',
    'inscrever-se telefonando para a prefeitura;',
    'pedir a uma associação que faça a sua inscrição.',
  ],
  'work.sameChance': 'É gratuito, e as suas probabilidades são as mesmas.',
} satisfies Translation<typeof french>;
