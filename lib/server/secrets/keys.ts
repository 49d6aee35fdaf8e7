import "server-only";
import { hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { settings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";

const KEY_BYTES = 32;

/** Beside the embedded database a secret is made once and kept; replicas on one database must share one. */
function ownSecret(home: string): string {
  const file = path.join(home, "secret");
  mkdirSync(home, { recursive: true });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** The secrets in force: the first signs and seals, all of them read. */
export function secrets(): readonly [string, ...string[]] {
  return singleton("secrets", () => {
    const { home, access } = settings();
    return [access.secret ?? ownSecret(home), ...access.previousSecrets] as const;
  });
}

/** A 256-bit key for one purpose, derived from a secret (HKDF-SHA-256, RFC 5869); purposes never share a key. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "burnline", purpose, KEY_BYTES));
}
