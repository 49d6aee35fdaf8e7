import "server-only";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import { channelsNamed } from "#lib/domain/notifications/routing.ts";
import { stepOf } from "#lib/domain/on-call/escalation.ts";
import { whoIsOnCall } from "#lib/domain/on-call/rotation.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { onCallPolicyOf, policyInForce } from "./policy.ts";

/** Who a step of an escalation tells: people on call, and the channels that reach them and others. */
export interface EscalationTargets {
  personIds: string[];
  channelIds: string[];
}

/** Who step number `nth` of a severity's path tells at an instant; nobody where the path has no such step. */
export async function escalationTargets(
  tx: Transaction,
  step: { severity: Severity; nth: number; atMs: number },
  known: readonly string[],
): Promise<EscalationTargets> {
  const { document: escalation } = await policyInForce(tx, "escalation");
  const wanted = stepOf(escalation.paths[step.severity], step.nth);
  if (!wanted) return { personIds: [], channelIds: [] };
  const { document: onCall } = await policyInForce(tx, "on_call");
  const personIds = whoIsOnCall(onCallPolicyOf(onCall), step.atMs)
    .filter(({ rotation }) => wanted.rotations.includes(rotation))
    .map(({ personId }) => personId);
  const reached = escalation.reach
    .filter(({ personId }) => personIds.includes(personId))
    .flatMap(({ channels }) => channels);
  const named = channelsNamed(wanted.channels, known);
  return {
    personIds: [...new Set(personIds)],
    channelIds: known.filter((id) => named.includes(id) || reached.includes(id)),
  };
}
