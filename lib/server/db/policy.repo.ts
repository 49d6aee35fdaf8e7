import "server-only";
import type { Transaction } from "./client.ts";
import type { PolicyVersion, Prisma } from "./generated/client.ts";

/** Kinds of documents, each validated by whoever reads it. */
export type StoredPolicyKind = "routing" | "on_call" | "escalation" | "gate";

/** Any fixed number: whoever saves a document holds it until the end. */
const POLICY_LOCK = 727_504;

/** The newest version of a document; null while none was saved. */
export async function findPolicy(tx: Transaction, kind: StoredPolicyKind): Promise<PolicyVersion | null> {
  return tx.policyVersion.findFirst({ where: { kind }, orderBy: { version: "desc" } });
}

/** A version of a document; null where there never was one. */
export async function findPolicyVersion(
  tx: Transaction,
  kind: StoredPolicyKind,
  version: number,
): Promise<PolicyVersion | null> {
  return tx.policyVersion.findUnique({ where: { kind_version: { kind, version } } });
}

/** Has documents saved by one at a time. */
export async function lockPolicies(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${POLICY_LOCK}::bigint)`;
}

/** Appends a version of a document. */
export async function appendPolicy(
  tx: Transaction,
  policy: { kind: StoredPolicyKind; version: number; document: object; actorId: string },
): Promise<PolicyVersion> {
  return tx.policyVersion.create({
    data: { ...policy, document: policy.document as Prisma.InputJsonObject },
  });
}

/** For each incident: when its clock began anew, and when it was escalated last; of timelines, in ms. */
export async function findClockTimes(
  tx: Transaction,
  incidentIds: readonly string[],
): Promise<Map<string, { reopenedMs: number | null; escalatedMs: number | null }>> {
  const rows = await tx.$queryRaw<{ id: string; reopened: Date | null; escalated: Date | null }[]>`
    select incident_id as id,
      max(at) filter (where kind = 'transition' and body->>'transition' = 'reopen') as reopened,
      max(at) filter (where kind = 'escalated') as escalated
    from incident_events
    where incident_id = any(${incidentIds as string[]}) and kind in ('transition', 'escalated')
    group by incident_id`;
  const ms = (at: Date | null) => at?.getTime() ?? null;
  return new Map(
    rows.map(({ id, reopened, escalated }) => [id, { reopenedMs: ms(reopened), escalatedMs: ms(escalated) }]),
  );
}
