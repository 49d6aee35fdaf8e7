import "server-only";
import { type ActionRun, ListRuns, OneRun, type RunPage } from "#lib/contracts/runbook-actions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findRunPage } from "#lib/server/db/action-run.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toRun, toRuns } from "./to-run.ts";
import { requireRun, runFilter } from "./visibility.ts";

const PAGE = 50;

/** Runs that the actor may see, newest first. */
export function listRuns(actor: Actor, input: unknown): Promise<RunPage> {
  authorize(actor, "alerts:read");
  const { incident, ...query } = parseInput(ListRuns, input);
  return read(async (tx) => {
    const found = await findRunPage(tx, { ...query, incidentId: incident }, PAGE);
    const seen = found.filter(await runFilter(actor));
    const nextCursor = found.length < PAGE ? null : (found.at(-1)?.id ?? null);
    return { runs: await toRuns(tx, seen, actor), nextCursor };
  });
}

/** One run. @throws `not_found` */
export function getRun(actor: Actor, input: unknown): Promise<{ run: ActionRun }> {
  authorize(actor, "alerts:read");
  const { id } = parseInput(OneRun, input);
  return read(async (tx) => ({ run: await toRun(tx, await requireRun(tx, id, actor), actor) }));
}
