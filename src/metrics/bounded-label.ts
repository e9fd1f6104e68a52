declare const isBounded: unique symbol;

/** A value of a label that has not many: only `boundedLabel` makes one. */
export type Bounded = 'other' | (string & { readonly [isBounded]: true });

/**
 * Makes a function that lets the first `most` different values through and calls all later ones
 * `other`, so that a metric never has more series than that, whatever is configured.
 */
export function boundedLabel(most: number): (value: string) => Bounded {
  const known = new Set<string>();
  return (value) => {
    if (!known.has(value)) {
      if (known.size >= most) return 'other';
      known.add(value);
    }
    return value as Bounded; // it is one of `most`
  };
}
