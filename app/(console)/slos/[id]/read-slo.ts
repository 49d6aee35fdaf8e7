import { notFound } from "next/navigation";
import { cache } from "react";
import type { OneSlo } from "#lib/client/slos.queries.ts";
import { AppError } from "#lib/server/errors.ts";
import { getSlo } from "#lib/server/services/slos/get.ts";
import { pageActor } from "../../page-actor.ts";

/** The SLO of a page, read once a request; one that is not there ends in the not-found page. */
export const readSlo = cache(async (id: string): Promise<OneSlo> => {
  const actor = await pageActor();
  try {
    return await getSlo(actor, { id });
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
});
