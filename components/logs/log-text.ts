/** Milliseconds since 1970 of a timestamp in nanoseconds, which is too long for a number. */
export function msOfNs(timestampNs: string): number {
  return Number(BigInt(timestampNs) / 1_000_000n);
}

/** The start of a text, and how many characters were cut off. */
export function cutText(text: string, longest: number): { text: string; cut: number } {
  if (text.length <= longest) return { text, cut: 0 };
  const start = text.slice(0, longest).toWellFormed();
  return { text: start, cut: text.length - longest };
}
