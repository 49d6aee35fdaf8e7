import "server-only";
import { randomUUID } from "node:crypto";
import { CreateBoard } from "#lib/contracts/board-routes.ts";
import type { Board } from "#lib/contracts/boards.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { createBoard } from "#lib/server/db/board.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { auditedBoard } from "./audited.ts";
import { checkPanels } from "./check-panels.ts";
import { takeName } from "./name.ts";
import { toBoard } from "./to-board.ts";

/** Saves a new board. @throws `invalid` naming the field, the panel and the place in its query */
export async function makeBoard(actor: Actor, input: unknown, caller: Caller): Promise<{ board: Board }> {
  authorize(actor, "boards:write");
  const { name, description, ...document } = parseInput(CreateBoard, input);
  checkPanels(document.panels);
  const id = randomUUID();
  return transaction(async (tx) => {
    await takeName(tx, name, id);
    const record = await createBoard(tx, { id, name, description, document, actorId: actor.id });
    const board = await toBoard(tx, record);
    await recordAudit(tx, actor, caller, {
      action: "board.created",
      resource: { type: "board", id },
      after: auditedBoard(record),
    });
    return { board };
  });
}
