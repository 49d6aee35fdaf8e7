import "server-only";
import { claimBoardName } from "#lib/server/db/board.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";

/** Takes a name for a board. @throws `invalid` where another one has it */
export async function takeName(tx: Transaction, name: string, id: string): Promise<void> {
  const holder = await claimBoardName(tx, name);
  if (holder === null || holder.id === id) return;
  const message = "another board has this name";
  throw new AppError("invalid", `name: ${message}`, { fields: [{ path: "name", message }] });
}
