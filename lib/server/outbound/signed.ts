import "server-only";
import { createHmac } from "node:crypto";

/**
 * The headers that prove who sent a body: HMAC-SHA-256 over its time and text, so that a recorded request cannot be
 * played again later.
 */
export function signedHeaders(secret: string, body: string, atMs: number): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const mac = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return {
    "content-type": "application/json",
    "x-burnline-timestamp": timestamp,
    "x-burnline-signature": `sha256=${mac}`,
  };
}
