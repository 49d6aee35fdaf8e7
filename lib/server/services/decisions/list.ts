import "server-only";
import { type DecisionPage, ListDecisions } from "#lib/contracts/decisions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findDecisionPage } from "#lib/server/db/decision.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toRecords } from "./to-record.ts";
import { wantedBy } from "./wanted.ts";

const PAGE = 50;

/** The log of decisions, newest first, of the services that the actor may see. */
export async function listDecisions(actor: Actor, input: unknown): Promise<DecisionPage> {
  authorize(actor, "releases:read");
  const { cursor, ...filter } = parseInput(ListDecisions, input);
  const wanted = await wantedBy(actor, filter);
  const part = { take: PAGE + 1, ...(cursor === undefined ? {} : { beforeSeq: cursor }) };
  return read(async (tx) => {
    const found = await findDecisionPage(tx, wanted, part);
    const page = found.slice(0, PAGE);
    const more = found.length > PAGE;
    return {
      data: { decisions: await toRecords(tx, page) },
      nextCursor: more ? (page.at(-1)?.seq ?? null) : null,
    };
  });
}
