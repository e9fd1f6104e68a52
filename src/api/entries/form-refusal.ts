import express from 'express';
import { DomainError } from '../../base/errors.ts';
import type { FormRefusal } from '../../web/join/values.ts';
import type { ShownWork } from '../../web/join/work-part.ts';
import type { WorkScript } from '../../web/join/work-script.ts';
import type { RouteDeps } from '../http/deps.ts';
import { type ProblemCode, problemOf } from '../http/problem.ts';
import { RequestError } from '../http/request-error.ts';

/** Reads a form with a proof of work. */
export const workForm = express.urlencoded({ extended: false, limit: '32kb' });

/** Why a form as a whole was not taken. Undefined: not one of these. */
export const refusals: { readonly [code in ProblemCode]?: FormRefusal } = {
  entry_duplicate: 'duplicate',
  entry_not_found: 'repeated',
  idempotency_mismatch: 'repeated',
  requests_too_many: 'too_many',
  store_unavailable: 'down',
  work_missing: 'work',
  work_invalid: 'work',
  work_expired: 'work',
  work_spent: 'work',
};

/** What can be told beside the form; anything else is thrown on. */
export async function refusalOf(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    const isRefusal = error instanceof DomainError || error instanceof RequestError;
    if (isRefusal || problemOf(error).code === 'store_unavailable') return error;
    throw error;
  }
}

/** The solution that came with a form; empty where none did. Longer than any other field. Pure. */
export function solutionOf(body: unknown): string {
  const found: unknown = Object(body).work;
  return typeof found === 'string' ? found : '';
}

/** What a form's page needs for its work, and the policy that lets it. */
export async function workOf(
  { work }: Pick<RouteDeps, 'work'>,
  workScript: () => Promise<WorkScript>,
  solution: string,
): Promise<{ work: ShownWork; policy: string | undefined }> {
  const script = work.tries > 0 ? await workScript() : undefined;
  return { work: { script: script?.text, solution }, policy: script?.policy };
}
