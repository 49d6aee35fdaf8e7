import "server-only";
import { type DecisionRecord, OneDecision } from "#lib/contracts/decisions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toRecords } from "./to-record.ts";
import { requireDecision } from "./visibility.ts";

/** One record of the log, whole. @throws `not_found` */
export function getDecision(actor: Actor, input: unknown): Promise<DecisionRecord> {
  authorize(actor, "releases:read");
  const { record } = parseInput(OneDecision, input);
  return read(async (tx) => {
    const [found] = await toRecords(tx, [await requireDecision(tx, record, actor)]);
    if (!found) throw new RangeError("a record without a face");
    return found;
  });
}
