import type { verifierPage as french } from '../../fr/pages/verifier.ts';
import type { Translation } from '../../translation.ts';

export const verifierPage = {
  title: 'Verificar um sorteio',
  intro:
    'Escolha a ata de um sorteio (record.ndjson). Tudo é calculado de novo no seu aparelho: nada é enviado.',
  needsScript: 'Esta página precisa de JavaScript.',
  file: 'Ata: escolha um ficheiro, ou largue-o aqui',
  progress: 'Progresso',
  stop: 'Parar',
  proves: 'O que isto prova',
  'proves.body':
    'Que o resultado decorre das regras, da lista e do acaso inscritos na ata, e que ninguém mudou nada desde então. Compare a soma de controlo do manifesto com a que foi publicada antes do sorteio.',
  'proves.not': 'Isto não prova que cada inscrição seja a de uma pessoa verdadeira.',
  keep: 'Guardar esta página',
  download: 'Descarregar esta página',
  'keep.body':
    'Cabe num único ficheiro e funciona sem rede. Para saber se a sua cópia é a certa, compare a soma de controlo dela (sha256sum) com a que um terceiro publica ou que o programa dá.',
} satisfies Translation<typeof french>;
