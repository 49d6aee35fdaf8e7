import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether two secrets are the same, in a time that tells neither where they differ nor how long they are. */
export function isSameSecret(said: string | null, expected: string): boolean {
  return said !== null && timingSafeEqual(digest(said), digest(expected));
}
