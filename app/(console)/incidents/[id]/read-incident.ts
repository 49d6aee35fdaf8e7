import { notFound } from "next/navigation";
import { cache } from "react";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { AppError } from "#lib/server/errors.ts";
import { getIncident } from "#lib/server/services/incidents/get.ts";
import { pageActor } from "../../page-actor.ts";

/** The incident of a page, read once a request; one that is not there ends in the not-found page. */
export const readIncident = cache(async (id: string): Promise<IncidentDetail> => {
  const actor = await pageActor();
  try {
    return (await getIncident(actor, { id })).incident;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
});
