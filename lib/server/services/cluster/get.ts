import "server-only";
import { Nothing } from "#lib/contracts/api.ts";
import type { ClusterAnswer, Finding, FiringAlert, NamespacePods } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { toFinding } from "#lib/domain/findings/finding.ts";
import { podsByNamespace } from "#lib/domain/nodes/pods.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { mapMeasured } from "./gather.ts";
import { measureCluster } from "./measure-cluster.ts";

interface ClusterDetail {
  answer: ClusterAnswer;
  findings: Finding[];
  pods: NamespacePods[];
  alerts: FiringAlert[];
}

/** How is the cluster: one sentence, what needs attention, pods by namespace, alerts. */
export async function getCluster(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<ClusterDetail>> {
  authorize(actor, "measurements:read");
  parseInput(Nothing, input);
  return mapMeasured(
    await measureCluster({ actor, signal }, Date.now()),
    ({ answer, findings, pods, alerts }) => ({
      answer,
      findings: findings.map(toFinding),
      pods: podsByNamespace(pods),
      alerts,
    }),
  );
}
