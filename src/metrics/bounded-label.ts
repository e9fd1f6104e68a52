/**
 * Makes a function that lets the first `most` different values through and calls all later ones
 * `other`, so that a metric never has more series than that, whatever is configured.
 */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return 'other';
    known.add(value);
    return value;
  };
}
