import "server-only";
import { type ReleaseDetail, ReportDeploy } from "#lib/contracts/releases.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { OPEN_STATES, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { settleRelease } from "#lib/server/gate/decide-release.ts";
import { beginDeploy, DEPLOY_ENDS, endDeploy, recordDeploy, type Word } from "#lib/server/gate/deploys.ts";
import { remake } from "#lib/server/gate/redecide.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toDetail } from "./to-release.ts";
import { requireLocked, requireRelease } from "./visibility.ts";

interface Told {
  actor: Actor;
  report: ReportDeploy;
}

const wordOf = ({ actor, report }: Told): Word => ({
  actorId: actor.id,
  at: new Date(),
  note: report.note ?? null,
  source: "ci",
});

/** Why what CI tells is not of this release; null where it is. */
function whyForeign({ commit }: ReleaseRecord, report: ReportDeploy): string | null {
  const same = report.commit === undefined || report.commit === commit;
  return same ? null : `the release is of commit ${commit}, not ${report.commit}`;
}

/** Why a deploy may not begin now; null when it may. */
function whyNotStart(release: ReleaseRecord, report: ReportDeploy, now: Date): string | null {
  const { state, leaseUntil } = release;
  const foreign = whyForeign(release, report);
  if (foreign !== null) return foreign;
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
  if (known.state === "deploying")
    return { release: known, refused: whyForeign(known, told.report) ?? known.haltReason };
  const { release } = OPEN_STATES.includes(known.state)
    ? await settleRelease(tx, known, made, told.actor.id)
    : { release: known };
  const word = wordOf(told);
  const refused = whyNotStart(release, told.report, word.at);
  const kind = refused === null ? "deploy_started" : "deploy_refused";
  await recordDeploy(tx, release, word, { kind, because: refused });
  if (refused !== null) return { release, refused };
  const seen = { gate: "cleared", previous: null, haltReason: release.haltReason } as const;
  return { release: await beginDeploy(tx, release, word, seen), refused };
}

async function step(tx: Transaction, told: Told, release: ReleaseRecord): Promise<ReleaseRecord> {
  const { event } = told.report;
  if (event === "start") throw new RangeError("a start asks the gate");
  const { from, to } = DEPLOY_ENDS[event];
  const foreign = whyForeign(release, told.report);
  if (foreign !== null) throw new AppError("conflict", foreign, { current: { state: release.state } });
  if (release.state === to) return release;
  if (!from.includes(release.state))
    throw new AppError(
      "conflict",
      `it is ${release.state.replace("_", " ")}: that cannot ${event.replace("_", " ")}`,
      {
        current: { state: release.state },
      },
    );
  return endDeploy(tx, release, event, wordOf(told));
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
    report.event === "start"
      ? await remake(await read((tx) => requireRelease(tx, report.id, actor)), { bridging: false })
      : null;
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
