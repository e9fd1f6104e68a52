import type { layout as french } from '../../fr/pages/layout.ts';
import type { Translation } from '../../translation.ts';

export const layout = {
  languages: 'Língua',
} satisfies Translation<typeof french>;
