/** Milliseconds since 1970 of a timestamp in nanoseconds, which is too long for a number. */
export function msOfNs(timestampNs: string): number {
  return Number(BigInt(timestampNs) / 1_000_000n);
}
