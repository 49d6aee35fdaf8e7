import { z } from "zod";
import { BoardList } from "#lib/contracts/board-routes.ts";
import { Board } from "#lib/contracts/boards.ts";
import type { Api } from "#demo/cluster/api-client.ts";
import { CHECKOUT_BOARD } from "./checkout-board.ts";

const ADDRESS = "/api/v1/boards";

/** Makes the demo's board unless there is one of its name; what people made of it stays. @throws Error in the app's words */
export async function ensureBoard(api: Api): Promise<void> {
  const { boards } = await api.ask(
    BoardList,
    "GET",
    `${ADDRESS}?q=${encodeURIComponent(CHECKOUT_BOARD.name)}`,
  );
  if (boards.some(({ name }) => name === CHECKOUT_BOARD.name)) return;
  await api.ask(z.object({ board: Board }), "POST", ADDRESS, CHECKOUT_BOARD);
}
