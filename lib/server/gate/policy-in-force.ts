import "server-only";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { canonicalJson, storable } from "#lib/domain/audit/canonical-json.ts";
import { DEFAULT_GATE_POLICY, type GatePolicy } from "#lib/domain/gate/policy.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findPolicy, findPolicyVersion } from "#lib/server/db/policy.repo.ts";
import { inBatches } from "#lib/server/in-batches.ts";
import { sha256 } from "./record-hash.ts";

/** A policy of the gate with its version; 0 is the one that Burnline comes with. */
export interface VersionedPolicy {
  version: number;
  policy: GatePolicy;
  /** SHA-256 of its canonical JSON. */
  hash: string;
}

function versioned(version: number, document: unknown): VersionedPolicy {
  const policy = GatePolicyDocument.parse(document) as GatePolicy;
  return { version, policy, hash: sha256(canonicalJson(storable(policy))) };
}

/** The gate's policy as it decides now. */
export async function gatePolicyInForce(tx: Transaction): Promise<VersionedPolicy> {
  const saved = await findPolicy(tx, "gate");
  return versioned(saved?.version ?? 0, saved?.document ?? DEFAULT_GATE_POLICY);
}

/** The gate's policy in force, read once for all who ask at the same time. @throws `unavailable` */
export async function readGatePolicy(): Promise<VersionedPolicy> {
  return READ(null);
}

const READ = inBatches("gate.policy", async (asked: readonly null[]) => {
  const policy = await read(gatePolicyInForce);
  return asked.map(() => policy);
});

/** The gate's policy of a version; null where there never was one. */
export async function gatePolicyOf(tx: Transaction, version: number): Promise<VersionedPolicy | null> {
  if (version === 0) return versioned(0, DEFAULT_GATE_POLICY);
  const saved = await findPolicyVersion(tx, "gate", version);
  return saved && versioned(version, saved.document);
}
