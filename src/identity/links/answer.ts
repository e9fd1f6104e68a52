import type { Answer } from '../keys/tokens.ts';

/**
 * The address of the page behind a one-click link. One place for all who send it and for the test
 * that it is served. `publicUrl` has no slash at its end; the signature is `tokens.signAnswer`'s.
 */
export function answerUrl(publicUrl: string, answer: Answer, signature: string): string {
  const query = new URLSearchParams({ action: answer.action, signature });
  return `${publicUrl}/v1/prefectures/${answer.prefecture}/offers/${answer.offer}/answer?${query}`;
}
