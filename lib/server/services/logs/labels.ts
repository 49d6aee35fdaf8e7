import "server-only";
import type { z } from "zod";
import { ListLogLabel, type LogLabelValues } from "#lib/contracts/log-routes.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { logLabelValues } from "#lib/server/query/loki/spans.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";

/** The values of a label of log streams, for pickers. Throws AppErrors, Loki's own among them. */
export async function listLogLabel(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<z.infer<typeof LogLabelValues>> {
  authorize(actor, "queries:run");
  const { label } = parseInput(ListLogLabel, input);
  return mapMeasured(await logLabelValues({ actor, signal }, label, Date.now()), (values) => ({ values }));
}
