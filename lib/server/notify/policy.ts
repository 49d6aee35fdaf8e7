import "server-only";
import { POLICY_DOCUMENTS, type PolicyDocument, type PolicyKind } from "#lib/contracts/on-call.ts";
import { DEFAULT_ROUTING } from "#lib/domain/notifications/routing.ts";
import { DEFAULT_ESCALATION } from "#lib/domain/on-call/escalation.ts";
import type { OnCallPolicy } from "#lib/domain/on-call/rotation.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPolicy } from "#lib/server/db/policy.repo.ts";

/** What holds until people save a document of their own. */
const DEFAULTS: Readonly<Record<PolicyKind, unknown>> = {
  routing: DEFAULT_ROUTING,
  on_call: { rotations: [], overrides: [] },
  escalation: DEFAULT_ESCALATION,
};

/** A document in force. */
export interface PolicyInForce<K extends PolicyKind> {
  version: number;
  document: PolicyDocument<K>;
  at: Date | null;
  actorId: string | null;
}

/** The newest version of a document, or what holds until there is one (version 0). */
export async function policyInForce<K extends PolicyKind>(
  tx: Transaction,
  kind: K,
): Promise<PolicyInForce<K>> {
  const saved = await findPolicy(tx, kind);
  const document = POLICY_DOCUMENTS[kind].parse(saved?.document ?? DEFAULTS[kind]) as PolicyDocument<K>;
  return { version: saved?.version ?? 0, document, at: saved?.at ?? null, actorId: saved?.actorId ?? null };
}

/** Rotations as their arithmetic takes them. */
export function onCallPolicyOf({ rotations, overrides }: PolicyDocument<"on_call">): OnCallPolicy {
  return {
    rotations,
    overrides: overrides.map(({ from, to, ...rest }) => ({
      ...rest,
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
    })),
  };
}
