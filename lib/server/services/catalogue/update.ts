import "server-only";
import { PatchService } from "#lib/contracts/api.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { mergeEdits } from "#lib/domain/catalogue/merge.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { findService, saveEdits, type ServiceRecord } from "#lib/server/db/service.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toCatalogueService } from "./entry.ts";
import { forgetCatalogue } from "./shared-reading.ts";
import { isVisible, unknownService } from "./visibility.ts";

async function find(tx: Transaction, name: string, actor: Actor): Promise<ServiceRecord> {
  const record = await findService(tx, name);
  if (!record || !isVisible(toCatalogueService(record), actor)) throw unknownService(name);
  return record;
}

function conflict(current: ServiceRecord): AppError {
  const detail = `${current.name} was edited meanwhile: version ${current.version} is current`;
  return new AppError("conflict", detail, { current: toCatalogueService(current) });
}

/**
 * Edits one service; fields that the input does not name stay as they are.
 * @throws `invalid` naming the field, `not_found`, `forbidden` for what would hide it from its editor, and `conflict` with the current state when the
 * version that was read is no longer current.
 */
export async function updateCatalogueService(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<CatalogueService> {
  authorize(actor, "catalogue:write");
  const { service, version, ...patch } = parseInput(PatchService, input);
  if (patch.dependencies?.includes(service)) {
    const message = "a service cannot depend on itself";
    throw new AppError("invalid", `dependencies: ${message}`, {
      fields: [{ path: "dependencies", message }],
    });
  }
  const saved = await transaction(async (tx) => {
    const found = await find(tx, service, actor);
    if (found.version !== version) throw conflict(found);
    const written = await saveEdits(tx, service, version, mergeEdits(found.edits, patch));
    if (!written) throw conflict(await find(tx, service, actor));
    if (!isVisible(toCatalogueService(written), actor)) {
      throw new AppError("forbidden", "with these values you could no longer see the service yourself");
    }
    await recordAudit(tx, actor, caller, {
      action: "catalogue.edited",
      resource: { type: "service", id: service },
      before: found.edits,
      after: written.edits,
    });
    return written;
  }).finally(forgetCatalogue);
  return toCatalogueService(saved);
}
