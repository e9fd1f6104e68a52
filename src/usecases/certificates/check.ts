import type { DrawState } from '../../domain/draws/state.ts';
import { checkPaper, type Fault, type GenuinePaper } from '../../papers/check-paper.ts';
import { attemptsOf, type Certificate } from '../../papers/claims.ts';
import type { UseCaseDeps } from '../deps.ts';

/** Bytes of a PDF that is looked at; ours over fifty-two draws has 400 KB. */
export const LONGEST_PAPER = 1_000_000;

/** A draw that a certificate names, as it is today. */
export interface DrawNow {
  readonly draw: string;
  /** It may have been declared void since; null: unknown. */
  readonly state: DrawState | null;
  /** Whether its manifest has the hash that the certificate states; null: unknown. */
  readonly asStated: boolean | null;
}

/** What became of the draws of a certificate since. */
export interface CertificateNow {
  readonly draws: readonly DrawNow[];
  /** How many of them count today, in how many ISO weeks. */
  readonly attempts: ReturnType<typeof attemptsOf>;
}

/** What was found of a paper. */
export type CheckedPaper =
  | { readonly fault: Fault }
  | {
      /** What its signature cannot tell: the service knows one of the draws by another hash. */
      readonly fault: 'draw_differs' | null;
      readonly paper: GenuinePaper;
      /** Of certificates. */
      readonly now?: CertificateNow;
    };

/**
 * Whether a paper is one of this service, and what became of its draws since. Keys that only sign no
 * more count as well.
 */
export async function checkedPaper(
  { signer, store }: Pick<UseCaseDeps, 'signer' | 'store'>,
  bytes: Uint8Array,
): Promise<CheckedPaper> {
  const verdict = await checkPaper(bytes, signer.keys);
  if (!verdict.genuine) return { fault: verdict.fault };
  if (verdict.kind === 'receipt') return { fault: null, paper: verdict };
  const draws = await drawsNow(store, verdict.claims);
  const attempts = attemptsNow(verdict.claims, draws);
  const isAsStated = draws.every(({ asStated }) => asStated !== false);
  const fault = isAsStated ? null : 'draw_differs';
  return { fault, paper: verdict, now: { draws, attempts } };
}

/** The hash of a draw never changes; that it was declared void can come later. */
function drawsNow(
  store: UseCaseDeps['store'],
  { prefecture, draws }: Certificate,
): Promise<DrawNow[]> {
  return Promise.all(
    draws.map(async ({ draw, manifestHash }) => {
      const now = await store.draws.get(prefecture, draw);
      return {
        draw,
        state: now?.state ?? null,
        asStated: now === undefined ? null : now.manifestHash === manifestHash,
      };
    }),
  );
}

/** A draw that was declared void since counts no more. */
function attemptsNow({ draws }: Certificate, now: readonly DrawNow[]) {
  const voided = new Set(now.filter(({ state }) => state === 'void').map(({ draw }) => draw));
  return attemptsOf({ draws: draws.filter(({ draw }) => !voided.has(draw)) });
}
