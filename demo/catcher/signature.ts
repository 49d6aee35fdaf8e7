import { createHmac, timingSafeEqual } from "node:crypto";

/** So far a call's time may lie from ours: a recorded one is of no use afterwards. */
const MOST_APART_MS = 5 * 60_000;

/** Whether a body was signed with a key, as Burnline signs: HMAC-SHA-256 over its time and text. */
export function isSigned(
  { timestamp, signature }: { timestamp: string | undefined; signature: string | undefined },
  body: string,
  key: string,
  nowMs: number,
): boolean {
  if (timestamp === undefined || signature === undefined) return false;
  if (!(Math.abs(Number(timestamp) * 1000 - nowMs) <= MOST_APART_MS)) return false;
  const expected = `sha256=${createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex")}`;
  return (
    signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  );
}
