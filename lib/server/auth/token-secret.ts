import "server-only";
import { hash, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** What a token looks like; anything else is not even looked up. */
export const TOKEN_FORM = /^bl_[A-Za-z0-9_-]{43}$/;

/** A new token with 256 random bits. */
export function newTokenSecret(): string {
  return `bl_${randomBytes(SECRET_BYTES).toString("base64url")}`;
}

/** What is kept of a token. With that much chance in it a plain SHA-256 cannot be searched backwards. */
export function hashToken(secret: string): string {
  return hash("sha256", secret);
}
