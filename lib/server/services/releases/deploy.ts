import "server-only";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import { type ReleaseDetail, type ReleaseState, ReportDeploy } from "#lib/contracts/releases.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { changeRelease, OPEN_STATES, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { settleRelease } from "#lib/server/gate/decide-release.ts";
import { remake } from "#lib/server/gate/redecide.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toDetail } from "./to-release.ts";
import { requireLocked, requireRelease } from "./visibility.ts";

const HOUR_MS = 3_600_000;

interface Step {
  from: readonly ReleaseState[];
  to: ReleaseState;
  record: DecisionKind;
}

const STEPS: Readonly<Record<Exclude<ReportDeploy["event"], "start">, Step>> = {
  finish: { from: ["deploying"], to: "deployed", record: "deploy_finished" },
  fail: { from: ["deploying"], to: "failed", record: "deploy_failed" },
  roll_back: { from: ["deploying", "deployed", "failed"], to: "rolled_back", record: "rolled_back" },
};

interface Told {
  actor: Actor;
  report: ReportDeploy;
}

async function writeDown(
  tx: Transaction,
  { actor, report }: Told,
  release: ReleaseRecord,
  kind: DecisionKind,
  because: string | null,
): Promise<void> {
  const { service, id: releaseId, decision, commit, version } = release;
  const body = { version, commit, note: report.note ?? null, because };
  const whose = { service, releaseId, actorId: actor.id, decision };
  await appendDecision(tx, { ...whose, kind, at: new Date(), body });
}

/** Why a deploy may not begin now; null when it may. */
function whyNotStart(
  { state, leaseUntil, commit }: ReleaseRecord,
  report: ReportDeploy,
  now: Date,
): string | null {
  if (report.commit !== undefined && report.commit !== commit)
    return `the approval is for commit ${commit}, not ${report.commit}`;
  if (state !== "approved") return `the release is ${state.replace("_", " ")}, not approved`;
  return leaseUntil !== null && leaseUntil > now ? null : "its approval has run out";
}

/** Begins a deploy if the gate, asked once more, still lets it. @returns why it was refused, or null */
async function start(
  tx: Transaction,
  told: Told,
  known: ReleaseRecord,
  made: Awaited<ReturnType<typeof remake>>,
): Promise<{ release: ReleaseRecord; refused: string | null }> {
  // A second "start" of a deploy that runs is the first one, told again.
  if (known.state === "deploying") return { release: known, refused: known.haltReason };
  const { release } = OPEN_STATES.includes(known.state)
    ? await settleRelease(tx, known, made, told.actor.id)
    : { release: known };
  const now = new Date();
  const refused = whyNotStart(release, told.report, now);
  await writeDown(tx, told, release, refused === null ? "deploy_started" : "deploy_refused", refused);
  if (refused !== null) return { release, refused };
  return {
    release: await changeRelease(tx, release.id, { state: "deploying", deployStartedAt: now }),
    refused,
  };
}

async function step(tx: Transaction, told: Told, release: ReleaseRecord): Promise<ReleaseRecord> {
  const { event } = told.report;
  if (event === "start") throw new RangeError("a start asks the gate");
  const { from, to, record } = STEPS[event];
  if (release.state === to) return release;
  if (!from.includes(release.state))
    throw new AppError(
      "conflict",
      `it is ${release.state.replace("_", " ")}: that cannot ${event.replace("_", " ")}`,
      {
        current: { state: release.state },
      },
    );
  await writeDown(tx, told, release, record, release.haltReason);
  const now = new Date();
  return changeRelease(tx, release.id, {
    state: to,
    deployFinishedAt: now,
    askAgainAt: null,
    leaseUntil: null,
    ...(event === "finish" ? { outcomeDueAt: new Date(now.getTime() + HOUR_MS) } : {}),
  });
}

/**
 * Takes in what CI says of a deploy. Its start asks the gate once more: what was approved an hour ago may be refused.
 * @throws `conflict` where it may not begin, or is elsewhere; `not_found`, `unavailable`
 */
export async function reportDeploy(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:write");
  const report = parseInput(ReportDeploy, input);
  const told = { actor, report };
  const made =
    report.event === "start" ? await remake(await read((tx) => requireRelease(tx, report.id, actor))) : null;
  const { release, refused } = await transaction(async (tx) => {
    const known = await requireLocked(tx, report.id, actor);
    const after = made
      ? await start(tx, told, known, made)
      : { release: await step(tx, told, known), refused: null };
    const detail = await toDetail(tx, actor, after.release);
    await recordAudit(tx, actor, caller, {
      action: `release.deploy.${report.event}`,
      resource: { type: "release", id: report.id },
      before: { state: known.state },
      after: { state: after.release.state, refused: after.refused },
    });
    return { release: detail, refused: after.refused };
  });
  // Thrown behind the transaction, for the refusal itself stays on record.
  if (refused !== null) throw new AppError("conflict", refused, { current: { state: release.state } });
  return { release };
}
