import "server-only";
import { OneBoard } from "#lib/contracts/board-routes.ts";
import { type GrafanaDashboard, grafanaDashboard } from "#lib/domain/boards/grafana-dashboard.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireBoard } from "./to-board.ts";

/** A board as a dashboard for Grafana, as a file. @throws `not_found` */
export async function exportBoard(
  actor: Actor,
  input: unknown,
  caller: Pick<Caller, "answerHeaders">,
): Promise<GrafanaDashboard> {
  authorize(actor, "boards:read");
  const { board: id } = parseInput(OneBoard, input);
  const { name, description, document } = await read((tx) => requireBoard(tx, id));
  caller.answerHeaders.set("content-disposition", `attachment; filename="burnline-board-${id}.json"`);
  return grafanaDashboard({ name, description, ...document });
}
