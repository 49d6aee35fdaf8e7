import "server-only";
import type { z } from "zod";
import { type CreatedToken, CreateToken, type Role, type Scope } from "#lib/contracts/access.ts";
import { covers } from "#lib/domain/access/permissions.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { hashToken, newTokenSecret } from "#lib/server/auth/token-secret.ts";
import { transaction } from "#lib/server/db/client.ts";
import { insertToken } from "#lib/server/db/token.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toApiToken } from "./entry.ts";

const DAY_MS = 86_400_000;
const HINT_LENGTH = 4;

/** Nobody gives away what they do not have. */
function guard(actor: Actor, role: Role, scopes: readonly Scope[]): void {
  const fields = [];
  if (!covers(actor.roles, role)) fields.push({ path: "role", message: `you do not hold the role ${role}` });
  const foreign = scopes.filter((scope) => actor.scopes !== "all" && !actor.scopes.includes(scope));
  if (foreign.length > 0)
    fields.push({ path: "scopes", message: `your own token lacks ${foreign.join(", ")}` });
  if (fields.length === 0) return;
  throw new AppError("invalid", fields.map(({ path, message }) => `${path}: ${message}`).join("; "), {
    fields,
  });
}

/**
 * Makes an API token that belongs to the actor. The answer alone has its secret; kept are a hash and the last
 * characters. A token that makes another one passes on what it is confined to.
 * @throws `invalid` naming the field, `role` and `scopes` for what the actor lacks
 */
export async function createToken(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<z.infer<typeof CreatedToken>> {
  authorize(actor, "tokens:write");
  const { name, role, matchers, expiresInDays, ...given } = parseInput(CreateToken, input);
  const scopes = [...new Set(given.scopes)];
  guard(actor, role, scopes);
  const secret = newTokenSecret();
  const now = new Date();
  return transaction(async (tx) => {
    const record = await insertToken(tx, {
      name,
      hash: hashToken(secret),
      hint: secret.slice(-HINT_LENGTH),
      ownerId: actor.id,
      role,
      scopes,
      matchers: actor.kind === "token" ? [...actor.confinement, ...matchers] : matchers,
      expiresAt: expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS),
    });
    const token = toApiToken(record, now);
    await recordAudit(tx, actor, caller, {
      action: "token.created",
      resource: { type: "token", id: token.id },
      after: { role, scopes, matchers: token.matchers, expiresAt: token.expiresAt },
    });
    return { token, secret };
  });
}
