import "server-only";
import type { ApiToken } from "#lib/contracts/access.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findTokens } from "#lib/server/db/token.repo.ts";
import { toApiToken } from "./entry.ts";

/** Every API token, the newest first; ended ones stay listed. */
export async function listTokens(actor: Actor): Promise<{ tokens: ApiToken[] }> {
  authorize(actor, "tokens:read");
  const tokens = await read((tx) => findTokens(tx));
  const now = new Date();
  return { tokens: tokens.map((token) => toApiToken(token, now)) };
}
