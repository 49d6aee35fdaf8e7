import "server-only";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { OneSlo } from "#lib/contracts/slos.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findEntries } from "#lib/server/db/slo-entry.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { requireSlo } from "../visibility.ts";
import { toEntries } from "./to-entry.ts";

/** What people added to the ledger of an SLO, the newest first. @throws `not_found` */
export async function listEntries(actor: Actor, input: unknown): Promise<{ entries: LedgerEntry[] }> {
  authorize(actor, "slos:read");
  const { id } = parseInput(OneSlo, input);
  return read(async (tx) => {
    await requireSlo(tx, id, actor);
    return { entries: await toEntries(tx, (await findEntries(tx, id)).reverse()) };
  });
}
