import "server-only";
import { transaction } from "#lib/server/db/client.ts";
import { upsertSightings } from "#lib/server/db/service.repo.ts";

/** Puts services into the catalogue. */
export async function knowServices(...names: string[]): Promise<void> {
  const seen = names.map((name) => ({
    name,
    kind: "api" as const,
    namespace: null,
    nodes: [],
    metricPreset: "prometheus" as const,
    tier: null,
    team: null,
    dependencies: [],
  }));
  await transaction((tx) => upsertSightings(tx, seen, new Date()));
}
