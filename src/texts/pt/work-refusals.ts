import type { workRefusals as french } from '../fr/work-refusals.ts';
import type { Translation } from '../translation.ts';

export const workRefusals = {
  missing: 'É pedido um pequeno cálculo ao seu aparelho.',
  invalid: 'O cálculo recebido não é o que foi pedido.',
  expired: 'O cálculo recebido é demasiado antigo: é preciso outro.',
  spent: 'Este cálculo já foi usado: é preciso outro.',
  otherWays: 'Sem um aparelho capaz de o fazer: ao balcão, por telefone ou com uma associação.',
} satisfies Translation<typeof french>;
