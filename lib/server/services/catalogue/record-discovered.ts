import "server-only";
import { DiscoveredService } from "#lib/contracts/catalogue.ts";
import { mergeSightings } from "#lib/domain/catalogue/merge.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { upsertSightings } from "#lib/server/db/service.repo.ts";
import { type FieldError, invalid } from "#lib/server/errors.ts";
import { forgetCatalogue } from "./shared-reading.ts";

/** How many services were recorded, and which fields kept others out. */
export interface Recorded {
  recorded: number;
  refused: FieldError[];
}

/**
 * Takes what discovery saw at `seenAt` into the catalogue; people's edits stay in force. Labels are text
 * from outside, so a service that cannot be kept is refused alone and the others are recorded.
 */
export async function recordDiscovered(
  actor: Actor,
  input: readonly unknown[],
  seenAt: Date,
): Promise<Recorded> {
  authorize(actor, "catalogue:write");
  const parsed = input.map((sighting) => DiscoveredService.safeParse(sighting));
  const refused = parsed.flatMap(({ error }, index) =>
    error ? (invalid(error, String(index)).fields ?? []) : [],
  );
  const sightings = mergeSightings(parsed.flatMap(({ data }) => data ?? []));
  if (sightings.length > 0) {
    await transaction((tx) => upsertSightings(tx, sightings, seenAt)).finally(forgetCatalogue);
  }
  return { recorded: sightings.length, refused };
}
