import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { singleton } from "#lib/server/singleton.ts";
import { deriveKey, secrets } from "./keys.ts";

const CIPHER = "aes-256-gcm";
/** The nonce length that GCM is made for (NIST SP 800-38D); random ones serve 2^32 sealings with a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 6;
const FORM = /^s1\.([A-Za-z0-9_-]{8})\.([A-Za-z0-9_-]+)$/;

/** A sealed text that cannot be opened. Its message says why and nothing of what it held. */
export class UnsealError extends Error {
  readonly reason: "malformed" | "unknown_key" | "tampered";

  constructor(reason: UnsealError["reason"], message: string) {
    super(message);
    this.name = "UnsealError";
    this.reason = reason;
  }
}

interface SealingKey {
  /** Names the key beside what it sealed, and tells nothing of it. */
  id: string;
  key: Buffer;
}

function sealingKey(secret: string): SealingKey {
  const id = deriveKey(secret, "seal: key id").subarray(0, KEY_ID_BYTES).toString("base64url");
  return { id, key: deriveKey(secret, "seal") };
}

/** The keys in force, the first of which seals. */
function sealingKeys(): readonly [SealingKey, ...SealingKey[]] {
  return singleton("secrets.sealing", () => {
    const [current, ...previous] = secrets();
    return [sealingKey(current), ...previous.map(sealingKey)] as const;
  });
}

/** What a sealed text is bound to beside its key: another row's, or another version's, does not open. */
function boundTo(keyId: string, purpose: string): Buffer {
  return Buffer.from(JSON.stringify(["s1", keyId, purpose]));
}

/**
 * Encrypts a secret to be kept: AES-256-GCM under a key derived from BURNLINE_SECRET.
 * @param purpose what it is and of which row, as in "audit-sink/1"; only the same purpose opens it
 */
export function seal(purpose: string, plaintext: string): string {
  const [{ id, key }] = sealingKeys();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(id, purpose));
  const sealed = Buffer.concat([
    nonce,
    cipher.update(plaintext, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return `s1.${id}.${sealed.toString("base64url")}`;
}

function parse(sealed: string): { keyId: string; bytes: Buffer } {
  const [, keyId = "", text = ""] = FORM.exec(sealed) ?? [];
  const bytes = Buffer.from(text, "base64url");
  // Base64 has several spellings of the same bytes; only the one we write is ours.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== text) {
    throw new UnsealError("malformed", "this is not a sealed secret");
  }
  return { keyId, bytes };
}

/**
 * Opens what `seal` made for the same purpose, with the current secret or a previous one.
 * @throws UnsealError: not sealed by us, by a key that is not known here, or changed since
 */
export function unseal(purpose: string, sealed: string): string {
  const { keyId, bytes } = parse(sealed);
  const known = sealingKeys().find(({ id }) => id === keyId);
  if (!known) {
    throw new UnsealError(
      "unknown_key",
      "sealed with a secret that is neither BURNLINE_SECRET nor in BURNLINE_SECRET_PREVIOUS",
    );
  }
  const decipher = createDecipheriv(CIPHER, known.key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(keyId, purpose));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const start = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([start, decipher.final()]).toString("utf8");
  } catch {
    throw new UnsealError("tampered", "the sealed secret was changed, or belongs to something else");
  }
}

/** Whether a sealed text should be sealed anew: its key is no longer the current one. */
export function needsResealing(sealed: string): boolean {
  return parse(sealed).keyId !== sealingKeys()[0].id;
}
