import { notFound } from "next/navigation";
import { cache } from "react";
import type { Board } from "#lib/contracts/boards.ts";
import { AppError } from "#lib/server/errors.ts";
import { getBoard } from "#lib/server/services/boards/read.ts";
import { pageActor } from "../page-actor.ts";

/** The board of a page, read once a request; one that is not there ends in the not-found page. */
export const readBoard = cache(async (id: string): Promise<Board> => {
  const actor = await pageActor();
  try {
    return (await getBoard(actor, { board: id })).board;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
});
