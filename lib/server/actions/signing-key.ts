import "server-only";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { deriveKey, secrets } from "#lib/server/secrets/keys.ts";

/** The key that calls of an action are signed with: derived when it is needed, kept nowhere. */
export function signingKey(runbook: string, { name, keyVersion }: GuardedAction): string {
  const [secret] = secrets();
  return deriveKey(secret, `action ${runbook}/${name} v${keyVersion}`).toString("base64url");
}
