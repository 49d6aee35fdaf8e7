import "server-only";
import { ExtendSilence, OneSilence, type Silence } from "#lib/contracts/silences.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { AlertmanagerCall } from "#lib/server/query/alertmanager/client.ts";
import {
  expireSilence,
  getSilence,
  putSilence,
  type SourceSilence,
} from "#lib/server/query/alertmanager/silences.ts";
import { findSource } from "#lib/server/query/sources.ts";
import { withAlertmanager } from "./ask.ts";
import { authorOf, requireFuture } from "./create.ts";
import { toSilence } from "./entry.ts";
import { requireWithin } from "./visibility.ts";

async function requireLasting(call: AlertmanagerCall, id: string, actor: Actor): Promise<SourceSilence> {
  const silence = await getSilence(call, id);
  requireWithin(silence, actor);
  if (silence.state === "expired") {
    throw new AppError("conflict", "the silence has ended: make a new one", { current: silence });
  }
  return silence;
}

/**
 * Gives a silence another end, in the name of the actor; what it silences stays.
 * @throws `not_found`, `conflict` for one that has ended, `invalid`
 */
export async function extendSilence(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ silence: Silence }> {
  authorize(actor, "alerts:silence");
  const wanted = parseInput(ExtendSilence, input);
  requireFuture(wanted.endsAt);
  const author = await authorOf(actor);
  const source = findSource("alertmanager", wanted.source);
  const { before, after } = await withAlertmanager(source, caller.signal, async (call) => {
    const { state, ...silence } = await requireLasting(call, wanted.id, actor);
    const reason = wanted.reason ?? silence.reason;
    const id = await putSilence(call, { ...silence, author, reason, endsAt: wanted.endsAt });
    return { before: { ...silence, state }, after: await getSilence(call, id) };
  });
  await transaction((tx) =>
    recordAudit(tx, actor, caller, {
      action: "silence.extended",
      resource: { type: "silence", id: after.id },
      before: { id: before.id, endsAt: before.endsAt, reason: before.reason },
      after: { source: source.name, endsAt: after.endsAt, reason: after.reason },
    }),
  );
  return { silence: toSilence(source.name, after, 0, Date.now()) };
}

/** Ends a silence now. @throws `not_found`, `conflict` for one that has ended */
export async function endSilence(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ silence: Silence }> {
  authorize(actor, "alerts:silence");
  const wanted = parseInput(OneSilence, input);
  const source = findSource("alertmanager", wanted.source);
  const { before, after } = await withAlertmanager(source, caller.signal, async (call) => {
    const silence = await requireLasting(call, wanted.id, actor);
    await expireSilence(call, silence.id);
    return { before: silence, after: await getSilence(call, silence.id) };
  });
  await transaction((tx) =>
    recordAudit(tx, actor, caller, {
      action: "silence.ended",
      resource: { type: "silence", id: after.id },
      before: { source: source.name, endsAt: before.endsAt, reason: before.reason },
      after: { endsAt: after.endsAt },
    }),
  );
  return { silence: toSilence(source.name, after, 0, Date.now()) };
}
