import "server-only";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import {
  addDeployment,
  changeDeployment,
  type DeploymentRecord,
  findDeploymentOf,
} from "#lib/server/db/deployment.repo.ts";
import { changeRelease, type ReleaseRecord } from "#lib/server/db/release.repo.ts";

const HOUR_MS = 3_600_000;

/** Who says so, and when it was. */
export interface Word {
  actorId: string;
  at: Date;
  note: string | null;
  source: DeploymentRecord["source"];
}

/** How a deploy can end. */
export type DeployEnd = "finish" | "fail" | "roll_back";

interface Step {
  from: readonly ReleaseState[];
  to: Extract<ReleaseState, "deployed" | "failed" | "rolled_back">;
  deployment: DeploymentRecord["state"];
  record: DecisionKind;
}

/** What each end makes of a release and of its deployment. */
export const DEPLOY_ENDS: Readonly<Record<DeployEnd, Step>> = {
  finish: { from: ["deploying"], to: "deployed", deployment: "finished", record: "deploy_finished" },
  fail: { from: ["deploying"], to: "failed", deployment: "failed", record: "deploy_failed" },
  roll_back: {
    from: ["deploying", "deployed", "failed"],
    to: "rolled_back",
    deployment: "rolled_back",
    record: "rolled_back",
  },
};

/** Writes down what was said, or seen, of a deploy of a release. */
export async function recordDeploy(
  tx: Transaction,
  release: ReleaseRecord,
  { actorId, at, note, source }: Word,
  { kind, because }: { kind: DecisionKind; because: string | null },
): Promise<void> {
  const { service, id: releaseId, decision, commit, version } = release;
  const body = { version, commit, note, because, source };
  await appendDecision(tx, { service, releaseId, actorId, decision, kind, at, body });
}

/** A deploy of a release begins. `release` is locked by the caller, as below. */
export async function beginDeploy(
  tx: Transaction,
  release: ReleaseRecord,
  { at, source }: Word,
  seen: { gate: "cleared" | "not_cleared"; previous: string | null; haltReason: string | null },
): Promise<ReleaseRecord> {
  const { id: releaseId, service, version, commit } = release;
  const { gate, previous, haltReason } = seen;
  await addDeployment(tx, { service, version, commit, previous, source, releaseId, gate, startedAt: at });
  return changeRelease(tx, releaseId, { state: "deploying", deployStartedAt: at, haltReason });
}

/** A deploy of a release ends; the caller has seen that it can. */
export async function endDeploy(
  tx: Transaction,
  release: ReleaseRecord,
  end: DeployEnd,
  word: Word,
): Promise<ReleaseRecord> {
  const { to, deployment, record } = DEPLOY_ENDS[end];
  await recordDeploy(tx, release, word, { kind: record, because: release.haltReason });
  const row = await findDeploymentOf(tx, release.id);
  if (row) await changeDeployment(tx, row.id, { state: deployment, finishedAt: word.at });
  return changeRelease(tx, release.id, {
    state: to,
    deployFinishedAt: word.at,
    askAgainAt: null,
    leaseUntil: null,
    ...(end === "finish" ? { outcomeDueAt: new Date(word.at.getTime() + HOUR_MS) } : {}),
  });
}
