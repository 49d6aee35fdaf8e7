import "server-only";
import { type ActionOffer, ListOffers, type RunbookOffers } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { isOver } from "#lib/domain/runbooks/action-run.ts";
import type { Target } from "#lib/domain/runbooks/condition.ts";
import { nameOf } from "#lib/server/alerts/alert-words.ts";
import { checkConditions } from "#lib/server/actions/conditions.ts";
import { limitOf } from "#lib/server/actions/limit.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findRunPage } from "#lib/server/db/action-run.repo.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findOfIncidents } from "#lib/server/db/occurrence.repo.ts";
import { findRunbook, findRunbooks, type RunbookRecord } from "#lib/server/db/runbook.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { requireIncident } from "#lib/server/services/incidents/visibility.ts";
import { toRuns } from "./to-run.ts";
import { runFilter } from "./visibility.ts";

/** Of the last runs of an action so many are looked through, and of those that are over so many are shown. */
const LOOKED_AT = 50;
const SHOWN_OVER = 5;

interface About extends Target {
  incident: string | null;
}

/** The runbooks that the alerts of an incident name, with actions to offer. */
async function runbooksOfIncident(tx: Transaction, id: string): Promise<RunbookRecord[]> {
  const alerts = new Set((await findOfIncidents(tx, [id])).map(nameOf));
  return (await findRunbooks(tx)).filter(
    ({ name, document }) =>
      document.actions.length > 0 && (alerts.has(name) || document.alerts.some((alert) => alerts.has(alert))),
  );
}

async function wanted(
  tx: Transaction,
  actor: Actor,
  { runbook, incident, service, node }: ListOffers,
): Promise<{ runbooks: RunbookRecord[]; about: About }> {
  const of = incident === undefined ? null : await requireIncident(tx, incident, actor);
  const runbooks =
    runbook === undefined
      ? await runbooksOfIncident(tx, incident ?? "")
      : [await findRunbook(tx, runbook)].filter((one) => one !== null);
  const about = {
    service: service ?? of?.service ?? null,
    node: node ?? of?.node ?? null,
    incident: of?.id ?? null,
  };
  return { runbooks, about };
}

async function toOffer(
  context: QueryContext,
  { name: runbook }: RunbookRecord,
  action: GuardedAction,
  about: About,
): Promise<ActionOffer> {
  const conditions = checkConditions(context, action.conditions, about);
  const [limit, runs] = await read(async (tx) => {
    const found = await findRunPage(tx, { runbook, action: action.name }, LOOKED_AT);
    const seen = found.filter(await runFilter(context.actor));
    const open = seen.filter(({ state }) => !isOver(state));
    const over = seen.filter(({ state }) => isOver(state)).slice(0, SHOWN_OVER);
    return [
      await limitOf(tx, runbook, action, Date.now()),
      await toRuns(tx, [...open, ...over], context.actor),
    ] as const;
  });
  const freeAt = limit.freeAtMs === null ? null : new Date(limit.freeAtMs).toISOString();
  return { action, conditions: await conditions, limit: { used: limit.used, freeAt }, runs };
}

/**
 * The actions of a runbook, or of all that an incident's alerts name, with what their guards say now. Conditions are
 * looked at as the caller sees the sources. A runbook that nobody saved has none. @throws `not_found`, `invalid`
 */
export async function listOffers(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<{ runbooks: RunbookOffers[] }> {
  authorize(actor, "alerts:read");
  const asked = parseInput(ListOffers, input);
  const { runbooks, about } = await read((tx) => wanted(tx, actor, asked));
  const context = { actor, signal };
  const offered = await Promise.all(
    runbooks.map(async (runbook) => ({
      runbook: runbook.name,
      title: runbook.document.title,
      version: runbook.version,
      ...about,
      actions: await Promise.all(
        runbook.document.actions.map((one) => toOffer(context, runbook, one, about)),
      ),
    })),
  );
  return { runbooks: offered };
}
