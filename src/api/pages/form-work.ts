import type { ShownWork } from '../../web/join/work-part.ts';
import type { RouteDeps } from '../http/deps.ts';

/** The solution that came with a form; empty where none did. Longer than any other field. Pure. */
export function solutionOf(fields: unknown): string {
  const found: unknown = Object(fields).work;
  return typeof found === 'string' ? found : '';
}

/** What a form's page needs for its work, and the policy that lets it. */
export async function workOf(
  { work, workScript }: Pick<RouteDeps, 'work' | 'workScript'>,
  solution: string,
): Promise<{ work: ShownWork; policy: string | undefined }> {
  const script = work.tries > 0 ? await workScript() : undefined;
  return { work: { script: script?.text, solution }, policy: script?.policy };
}
