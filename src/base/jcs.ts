import canonicalize from 'canonicalize';

/**
 * The RFC 8785 (JCS) serialisation of a JSON value. Pure.
 *
 * @throws Error for what is no JSON: undefined, a number that is not finite, a lone surrogate.
 */
export function jcs(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}
