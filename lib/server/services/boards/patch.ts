import "server-only";
import { PatchBoard } from "#lib/contracts/board-routes.ts";
import type { Board } from "#lib/contracts/boards.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { changeBoard, lockBoard } from "#lib/server/db/board.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { auditedBoard } from "./audited.ts";
import { checkPanels } from "./check-panels.ts";
import { takeName } from "./name.ts";
import { requireBoard, toBoard } from "./to-board.ts";

/**
 * Changes what is given of a board.
 * @throws `invalid` as for a new one, `not_found`, `conflict` with the board as it is and who changed it
 */
export async function patchBoard(actor: Actor, input: unknown, caller: Caller): Promise<{ board: Board }> {
  authorize(actor, "boards:write");
  const { board: id, version, ...change } = parseInput(PatchBoard, input);
  if (change.panels) checkPanels(change.panels);
  return transaction(async (tx) => {
    const before = await requireBoard(tx, id, lockBoard);
    if (before.version !== version) {
      const current = await toBoard(tx, before);
      const who = current.updatedBy.name ?? "somebody";
      throw new AppError("conflict", `${who} changed ${before.name} meanwhile`, { current });
    }
    const { name = before.name, description = before.description, ...rest } = change;
    const document = { ...before.document, ...rest };
    await takeName(tx, name, id);
    const text = { name, description, document };
    const after = await changeBoard(tx, { id, actorId: actor.id, at: new Date(), ...text });
    const board = await toBoard(tx, after);
    await recordAudit(tx, actor, caller, {
      action: "board.changed",
      resource: { type: "board", id },
      before: auditedBoard(before),
      after: auditedBoard(after),
    });
    return { board };
  });
}
