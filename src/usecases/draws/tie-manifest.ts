import { manifestHash, type PoolManifest } from '../../allocator/record/manifest.ts';
import { manifestLine } from '../../allocator/record/record.ts';
import type { DeclaredEntropy } from '../../identity/entropy/entropy.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { packPart } from '../../store/draws/gzip-parts.ts';
import type { TiedManifest } from '../../store/draws/steps.ts';

/** Ties the manifest of a frozen pool to the entropy that will decide it. Pure. */
export function tieManifest(
  pool: PoolManifest,
  { entropy, withinMs }: DeclaredEntropy,
): TiedManifest {
  const manifest = { ...pool, entropy };
  return {
    manifest,
    manifestHash: manifestHash(manifest, nodeSha256),
    line: packPart(manifestLine(manifest)),
    ...(withinMs === undefined ? {} : { withinMs }),
  };
}
