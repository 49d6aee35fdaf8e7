import "server-only";
import type { Release, ReleaseDetail, ReleaseState } from "#lib/contracts/releases.ts";
import { refusal } from "#lib/domain/access/permissions.ts";
import { type Approver, whyNotOverride, whyNotReview } from "#lib/domain/gate/clearance.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findDecisionBySeq, findVerdictBriefs, type VerdictBrief } from "#lib/server/db/decision.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import {
  type ApprovalRecord,
  findApprovals,
  OPEN_STATES,
  type ReleaseRecord,
} from "#lib/server/db/release.repo.ts";
import type { StoredRequest } from "#lib/server/gate/decide-release.ts";
import { outcomesOf } from "#lib/server/gate/outcomes-of.ts";
import { toAnswer } from "#lib/server/services/gate/to-answer.ts";
import { approverOf, clearableOf, overriders } from "./clearable.ts";

interface Beside {
  approvals: readonly ApprovalRecord[];
  brief: VerdictBrief | undefined;
  names: ReadonlyMap<string, string>;
  /** The actor as somebody who may say yes or no; null where their roles never may. */
  approver: Approver | null;
  /** Whether the actor may take requests back. */
  mayWrite: boolean;
}

/** Where somebody can say yes or no. */
const ANSWERABLE: readonly ReleaseState[] = ["waiting", "deferred", "blocked"];

const iso = (at: Date | null) => at?.toISOString() ?? null;

async function mayOf(tx: Transaction, release: ReleaseRecord, beside: Beside): Promise<Release["may"]> {
  const { approvals, brief, approver, mayWrite } = beside;
  const { state, decisionSeq } = release;
  const withdraw = mayWrite && OPEN_STATES.includes(state) && state !== "deploying";
  const nobody = { review: false, override: false, withdraw };
  if (!ANSWERABLE.includes(state) || decisionSeq === null) return { ...nobody, whyNot: null };
  if (!approver) return { ...nobody, whyNot: "your roles approve nothing" };
  const clearable = await clearableOf(tx, release, { approvals, lane: brief?.lane ?? null });
  const reviewed = state === "waiting";
  const whyNot = (reviewed ? whyNotReview : whyNotOverride)(approver, clearable);
  const may = whyNot === null;
  return { review: may && reviewed, override: may && !reviewed, withdraw, whyNot };
}

/** The instants of a release as ISO text. */
function momentsOf(release: ReleaseRecord) {
  const { decidedAt, leaseUntil, askAgainAt, expiresAt, deployStartedAt, deployFinishedAt } = release;
  return {
    decidedAt: iso(decidedAt),
    leaseUntil: iso(leaseUntil),
    askAgainAt: iso(askAgainAt),
    expiresAt: iso(expiresAt),
    deployStartedAt: iso(deployStartedAt),
    deployFinishedAt: iso(deployFinishedAt),
  };
}

async function toRelease(tx: Transaction, release: ReleaseRecord, beside: Beside): Promise<Release> {
  const { approvals, brief, names } = beside;
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const request = release.request as unknown as StoredRequest;
  return {
    id: release.id,
    service: release.service,
    version: release.version,
    commit: release.commit,
    state: release.state,
    open: OPEN_STATES.includes(release.state),
    change: request.change,
    declaredRisk: request.declaredRisk ?? null,
    lane: request.lane ?? null,
    requestedBy: person(release.requestedBy),
    requestedAt: release.requestedAt.toISOString(),
    decision: release.decision,
    decisionSeq: release.decisionSeq,
    status: (brief?.status ?? null) as Release["status"],
    risk: (brief?.risk ?? null) as Release["risk"],
    because: brief?.because ?? null,
    ...momentsOf(release),
    haltReason: release.haltReason,
    outcomes: outcomesOf(release),
    approvals: approvals.map(({ id, kind, verdict, reason, actorId, at, decisionSeq }) => ({
      id,
      kind: kind as "review" | "override",
      verdict: verdict as "approved" | "rejected",
      reason,
      by: person(actorId),
      at: at.toISOString(),
      stale: decisionSeq !== release.decisionSeq,
    })),
    may: await mayOf(tx, release, beside),
    overrides: overriders(release, approvals).length,
    revision: release.revision,
  };
}

/** Releases as the API shows them to an actor. */
export async function toReleases(
  tx: Transaction,
  actor: Actor,
  releases: readonly ReleaseRecord[],
): Promise<Release[]> {
  const approvals = await findApprovals(
    tx,
    releases.map(({ id }) => id),
  );
  const byRelease = Map.groupBy(approvals, ({ releaseId }) => releaseId);
  const briefs = await findVerdictBriefs(
    tx,
    releases.flatMap(({ decisionSeq }) => decisionSeq ?? []),
  );
  const people = [
    ...releases.map(({ requestedBy }) => requestedBy),
    ...approvals.map(({ actorId }) => actorId),
  ];
  const names = await findPersonNames(tx, people);
  const may = (action: "releases:approve" | "releases:write") => refusal(actor, action) === null;
  const approver = may("releases:approve") ? await approverOf(tx, actor) : null;
  const shown: Release[] = [];
  for (const release of releases) {
    const beside = {
      approvals: byRelease.get(release.id) ?? [],
      brief: briefs.get(release.decisionSeq ?? 0),
      names,
      approver,
      mayWrite: may("releases:write"),
    };
    shown.push(await toRelease(tx, release, beside));
  }
  return shown;
}

/** One release with its newest decision, whole. */
export async function toDetail(
  tx: Transaction,
  actor: Actor,
  release: ReleaseRecord,
): Promise<ReleaseDetail> {
  const [shown] = await toReleases(tx, actor, [release]);
  if (!shown) throw new RangeError("a release without a face");
  const record = release.decisionSeq === null ? null : await findDecisionBySeq(tx, release.decisionSeq);
  return { ...shown, verdict: record && toAnswer(record) };
}
