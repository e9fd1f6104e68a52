import canonicalize from 'canonicalize';

/**
 * The RFC 8785 serialisation of a JSON value. Pure.
 *
 * @throws Error for what JSON cannot hold: undefined, a lone surrogate, a number that is not finite.
 */
export function jcs(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}
