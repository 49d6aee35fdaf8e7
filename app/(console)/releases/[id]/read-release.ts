import { notFound } from "next/navigation";
import { cache } from "react";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { AppError } from "#lib/server/errors.ts";
import { getRelease } from "#lib/server/services/releases/get.ts";
import { pageActor } from "../../page-actor.ts";

/** The release of a page, read once a request; one that is not there ends in the not-found page. */
export const readRelease = cache(async (id: string): Promise<ReleaseDetail> => {
  const actor = await pageActor();
  try {
    return (await getRelease(actor, { id })).release;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
});
