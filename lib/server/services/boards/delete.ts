import "server-only";
import { OneBoard } from "#lib/contracts/board-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { lockBoard, removeBoard } from "#lib/server/db/board.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { auditedBoard } from "./audited.ts";
import { requireBoard } from "./to-board.ts";

/** Removes a board. @throws `not_found` */
export async function deleteBoard(actor: Actor, input: unknown, caller: Caller): Promise<{ done: true }> {
  authorize(actor, "boards:write");
  const { board: id } = parseInput(OneBoard, input);
  return transaction(async (tx) => {
    const before = await requireBoard(tx, id, lockBoard);
    await removeBoard(tx, id);
    await recordAudit(tx, actor, caller, {
      action: "board.removed",
      resource: { type: "board", id },
      before: auditedBoard(before),
    });
    return { done: true } as const;
  });
}
