import "server-only";
import { forgeWord, type ForgeWord } from "#lib/domain/forges/forge-word.ts";
import { backoffMs, MAX_ATTEMPTS } from "#lib/domain/notifications/backoff.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { changeHeld, type HeldRecord, leaseHeld } from "#lib/server/db/forge-deployment.repo.ts";
import { findRelease, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";
import { type Outbound, outbound } from "#lib/server/outbound/fetch.ts";
import { askForRelease } from "./ask.ts";
import { composeTelling } from "./compose.ts";
import type { Forge, Telling, Told } from "./forge.ts";
import { forges, type Forges } from "./registry.ts";

/** Longer than asking the gate and telling the forge take at most. */
const LEASE_MS = 60_000;
/** How often a release is looked at that is not decided. */
const LOOK_AGAIN_MS = 15_000;

interface Work {
  row: HeldRecord;
  forge: Forge;
  means: { way: Outbound; signal: AbortSignal; nowMs: number };
}

async function change(row: HeldRecord, to: Parameters<typeof changeHeld>[2]): Promise<void> {
  await transaction((tx) => changeHeld(tx, row, to));
}

const lookAgain = () => ({
  dueAt: new Date(Date.now() + LOOK_AGAIN_MS),
  leasedUntil: null,
  attempts: 0,
});

/** The end of a deployment's row: what the forge was told last, or why it cannot be told; both are on record. */
async function settle(row: HeldRecord, told: "approved" | "rejected" | null, problem: string | null) {
  const { id, forge, releaseId } = row;
  if (problem !== null) log().warn({ forge, deployment: id, problem }, "a forge was left without an answer");
  await transaction(async (tx) => {
    const end = { settledAt: new Date(), leasedUntil: null, lastError: problem };
    const ours = await changeHeld(tx, row, told === null ? end : { ...end, told });
    if (!ours || releaseId === null) return;
    await recordAudit(
      tx,
      SYSTEM_ACTOR,
      { requestId: id, address: null },
      {
        action: told === null ? "release.forge_not_told" : "release.forge_told",
        resource: { type: "release", id: releaseId },
        after: { forge, told },
      },
    );
  });
}

async function tryLater(row: HeldRecord, detail: string, afterMs: number | null): Promise<void> {
  if (row.attempts >= MAX_ATTEMPTS) return settle(row, null, `${row.attempts} attempts: ${detail}`);
  const waitMs = Math.max(afterMs ?? 0, backoffMs(row.attempts, Math.random()));
  await change(row, { dueAt: new Date(Date.now() + waitMs), leasedUntil: null, lastError: detail });
}

async function keepVerdict(row: HeldRecord, say: "approved" | "rejected", told: Told): Promise<void> {
  if (told.outcome === "told") return settle(row, say, null);
  if (told.outcome === "dead") return settle(row, null, told.detail);
  return tryLater(row, told.detail, told.afterMs);
}

/** Reports without a verdict, counted before it leaves: a crash may lose one, never send one too many. */
async function report({ row, forge, means }: Work, telling: Telling): Promise<Told> {
  await change(row, { reports: row.reports + 1 });
  return forge.tell(row.deployment, telling, means);
}

async function keepReport(row: HeldRecord, about: string, told: Told): Promise<void> {
  if (told.outcome === "again") return tryLater(row, told.detail, told.afterMs);
  // One that is refused is not the end: the verdict will tell.
  const lastError = told.outcome === "dead" ? told.detail : null;
  await change(row, { ...lookAgain(), told: about, lastError });
}

async function say(work: Work, release: ReleaseRecord, word: Exclude<ForgeWord, { say: "nothing" }>) {
  const { row, forge, means } = work;
  const telling = await composeTelling(release, word);
  if (word.say === "report") return keepReport(row, word.about, await report(work, telling));
  return keepVerdict(row, word.say, await forge.tell(row.deployment, telling, means));
}

async function follow(work: Work, releaseId: string): Promise<void> {
  const { row, forge, means } = work;
  const release = await read((tx) => findRelease(tx, releaseId));
  if (!release) return settle(row, null, `there is no release ${releaseId} any more`);
  const { state, haltReason, leaseUntil, expiresAt } = release;
  const standing = {
    state,
    haltReason,
    leaseUntilMs: leaseUntil?.getTime() ?? null,
    expiresAtMs: expiresAt?.getTime() ?? null,
  };
  const telling = { told: row.told, reports: row.reports, receivedAtMs: row.receivedAt.getTime() };
  const word = forgeWord(standing, telling, { nowMs: means.nowMs, mostReports: forge.mostReports });
  if (word.say === "nothing") return change(row, lookAgain());
  return say(work, release, word);
}

/** Of what the gate cannot be asked for nothing is approved: the forge goes on holding it, and is told why once. */
async function leaveUndecided(work: Work, unknown: string): Promise<void> {
  const { row, forge } = work;
  if (row.reports >= forge.mostReports || row.reports > 0) return settle(row, null, unknown);
  const headline = "Burnline: the gate was not asked, and nothing is approved";
  const told = await report(work, { state: null, headline, link: null, points: [unknown] });
  if (told.outcome === "again") return tryLater(row, `${unknown}; ${told.detail}`, told.afterMs);
  return settle(row, null, unknown);
}

async function work(leased: HeldRecord, all: Forges, means: Work["means"]): Promise<void> {
  const forge = all[leased.forge];
  if (!forge) return tryLater(leased, `BURNLINE_FORGES names no ${leased.forge}`, null);
  if (leased.releaseId !== null) return follow({ row: leased, forge, means }, leased.releaseId);
  const asked = await askForRelease(leased);
  if ("unknown" in asked) return leaveUndecided({ row: leased, forge, means }, asked.unknown);
  const { releaseId } = asked;
  await change(leased, { releaseId });
  return follow({ row: { ...leased, releaseId }, forge, means: { ...means, nowMs: Date.now() } }, releaseId);
}

/**
 * Brings the next deployment that is due forward, if there is one: asks the gate for its release once, and tells the
 * forge what the release's state says. Leased first and settled after the answer: a crash between the two tells it once
 * more. @returns whether there was one
 */
export async function tellNext(
  signal: AbortSignal,
  way: Outbound = outbound(),
  all: Forges = forges(),
): Promise<boolean> {
  const nowMs = Date.now();
  const terms = { now: new Date(nowMs), until: new Date(nowMs + LEASE_MS) };
  const leased = await transaction((tx) => leaseHeld(tx, terms));
  if (!leased) return false;
  try {
    await work(leased, all, { way, signal, nowMs });
  } catch (error) {
    const known = error instanceof AppError ? error : null;
    if (known?.code === "cancelled") {
      await change(leased, { leasedUntil: null, attempts: leased.attempts - 1 });
    } else {
      await tryLater(leased, known?.message ?? "something failed on our side; the log has it", null);
      throw error;
    }
  }
  return true;
}
