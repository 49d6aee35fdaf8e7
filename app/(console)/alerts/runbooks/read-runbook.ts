import { cache } from "react";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import { AppError } from "#lib/server/errors.ts";
import { getRunbook } from "#lib/server/services/runbooks/read.ts";
import { pageActor } from "../../page-actor.ts";

/** The runbook of a page, read once a request; null where nobody wrote it. */
export const readRunbook = cache(async (name: string): Promise<Runbook | null> => {
  const actor = await pageActor();
  try {
    return (await getRunbook(actor, { name })).runbook;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) return null;
    throw error;
  }
});
