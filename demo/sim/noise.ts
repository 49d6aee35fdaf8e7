/** A number that stands for a name, so that every noise source has a stream of its own (FNV-1a). */
export function channel(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Uniform in [0, 1) from three integers; no state, so any moment can be computed on its own. */
export function uniform(seed: number, stream: number, index: number): number {
  let hash =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream, 0xc2b2ae35) ^ Math.imul(index, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** Smooth noise in [-1, 1] that wanders over about `periodMs`. */
export function noise(seed: number, stream: number, tMs: number, periodMs: number): number {
  const position = tMs / periodMs;
  const index = Math.floor(position);
  const fraction = position - index;
  const weight = fraction * fraction * (3 - 2 * fraction);
  const from = uniform(seed, stream, index);
  return 2 * (from + (uniform(seed, stream, index + 1) - from) * weight) - 1;
}
