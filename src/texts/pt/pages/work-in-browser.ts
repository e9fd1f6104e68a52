import type { workInBrowser as french } from '../../fr/pages/work-in-browser.ts';
import type { Translation } from '../../translation.ts';

export const workInBrowser = {
  working:
    'O seu telefone faz um pequeno cálculo contra os robôs: alguns segundos. Entretanto, preencha o formulário.',
  slow: 'O cálculo demora mais do que o habitual: cerca de um minuto. Deixe esta página aberta.',
  ready: 'O cálculo terminou: pode enviar.',
  waiting: 'Só um momento: o envio segue sozinho logo que o cálculo terminar.',
  sending: 'A enviar…',
  failed:
    'Não foi possível fazer o cálculo. Verifique a sua ligação e carregue de novo no botão. Senão: ao balcão, por telefone ou com uma associação, com as mesmas probabilidades.',
} satisfies Translation<typeof french>;
