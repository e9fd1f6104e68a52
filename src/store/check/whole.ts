import type { CheckContext, Fault, Invariant } from './types.ts';

/** An invariant of one thing that cannot be taken apart: it is looked at whole. */
export function wholeInvariant(
  things: string,
  invariant: string,
  faultsOf: (context: CheckContext) => Promise<readonly string[]>,
): Invariant {
  const item = { scope: '', id: things };
  return {
    things,
    async *pages() {
      yield [item];
    },
    async lookAt(context) {
      const faults = await faultsOf(context);
      return faults.map((text) => ({ item, fault: { invariant, text } satisfies Fault }));
    },
  };
}
