import "server-only";
import { OneService } from "#lib/contracts/api.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { getCatalogueService } from "#lib/server/services/catalogue/get.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureServices } from "./measure-services.ts";

/** One service with its golden signals and its catalogue entry. @throws `not_found` for an unknown one. */
export async function getService(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<{ service: ServiceHealth; catalogue: CatalogueService }>> {
  authorize(actor, "measurements:read");
  const { service: name } = parseInput(OneService, input);
  const entry = await getCatalogueService(actor, { service: name });
  const request = { catalogue: [entry], scope: "listed", nowMs: Date.now() } as const;
  return mapMeasured(await measureServices({ actor, signal }, request), ([service]) => {
    if (!service) throw new AppError("not_found", `there is no service ${JSON.stringify(name)}`);
    return { service, catalogue: entry };
  });
}
