import "server-only";
import { type ApiToken, OneToken } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { forgetBearers } from "#lib/server/auth/bearer-memo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { endToken, findToken } from "#lib/server/db/token.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toApiToken } from "./entry.ts";

/** Ends a token for good, at once; one that has ended stays as it is. @throws `not_found` */
export async function revokeToken(actor: Actor, input: unknown, caller: Caller): Promise<ApiToken> {
  authorize(actor, "tokens:write");
  const { token: id } = parseInput(OneToken, input);
  const now = new Date();
  const revoked = await transaction(async (tx) => {
    const ended = await endToken(tx, id, now);
    const token = await findToken(tx, id);
    if (!token) throw new AppError("not_found", "there is no token of this id");
    if (ended)
      await recordAudit(tx, actor, caller, {
        action: "token.revoked",
        resource: { type: "token", id },
      });
    return toApiToken(token, now);
  });
  forgetBearers();
  return revoked;
}
