import "server-only";
import type { Outcome } from "#lib/contracts/releases.ts";
import { actionOf } from "#lib/domain/alerts/alert-place.ts";
import { type BurnAround, hasBurned } from "#lib/domain/gate/outcome.ts";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { findBegunOfService } from "#lib/server/db/occurrence.repo.ts";
import {
  changeRelease,
  findRelease,
  lockRelease,
  type ReleaseRecord,
  takeDueOutcomes,
} from "#lib/server/db/release.repo.ts";
import { findSlosOfServices } from "#lib/server/db/slo.repo.ts";
import { findStates } from "#lib/server/db/slo-state.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { readBudget } from "#lib/server/services/slos/budget-readings.ts";
import { outcomesOf } from "./outcomes-of.ts";

const HOUR_MS = 3_600_000;
const LOOK_MS = 30_000;
const TAKEN_MS = 5 * 60_000;
const AT_A_TIME = 20;

/** The burn of every objective of a service in the hour before a release and in the hours after it. */
async function burnsAround(
  tx: Transaction,
  service: string,
  { startedMs, endedMs, untilMs }: { startedMs: number; endedMs: number; untilMs: number },
): Promise<BurnAround[]> {
  const slos = await findSlosOfServices(tx, [service]);
  const states = await findStates(
    tx,
    slos.map(({ id }) => id),
  );
  const before = { from: slotAt(startedMs - HOUR_MS), to: slotAt(startedMs) };
  const after = { from: slotAt(endedMs), to: slotAt(untilMs) };
  const burns: BurnAround[] = [];
  for (const state of states) {
    const slo = slos.find(({ id }) => id === state.sloId);
    const target = slo?.definition?.objectives[state.objective]?.target;
    if (!slo?.definition || target === undefined) continue;
    const place = { slo, definition: slo.definition, state, endSlot: after.to };
    const { over } = await readBudget(tx, place, before.from);
    const burn = (range: typeof before) => {
      const { errorRatio } = over(range);
      return errorRatio === null ? null : errorRatio / (1 - target);
    };
    burns.push({ slo: slo.key ?? slo.id, before: burn(before), after: burn(after) });
  }
  return burns;
}

async function countAlerts(tx: Transaction, service: string, from: Date, to: Date): Promise<number> {
  const begun = await findBegunOfService(tx, service, { from, to });
  return begun.filter(({ labels }) => actionOf(labels) !== "none").length;
}

/** Measures what a release did within an hour, or a day, of going out. */
async function measure(release: ReleaseRecord, now: Date): Promise<Outcome | null> {
  const { service, deployStartedAt, deployFinishedAt, state } = release;
  if (!deployStartedAt || !deployFinishedAt) return null;
  const afterHours = outcomesOf(release).length === 0 ? 1 : 24;
  const untilMs = deployFinishedAt.getTime() + afterHours * HOUR_MS;
  const times = { startedMs: deployStartedAt.getTime(), endedMs: deployFinishedAt.getTime(), untilMs };
  return read(async (tx) => {
    const burns = await burnsAround(tx, service, times);
    const alerts = await countAlerts(tx, service, deployFinishedAt, new Date(untilMs));
    const measured = { afterHours, at: now.toISOString(), burns, alerts } as const;
    return { ...measured, burned: hasBurned(burns), rolledBack: state === "rolled_back" };
  });
}

async function recordOutcome(id: string, now: Date): Promise<void> {
  const known = await read((tx) => findRelease(tx, id));
  const outcome = known && (await measure(known, now));
  if (!known || !outcome) return;
  await transaction(async (tx) => {
    const release = await lockRelease(tx, id);
    // Another process was here, or it was taken back meanwhile.
    if (!release || release.revision !== known.revision) return;
    const { service, decision, deployFinishedAt, version, commit } = release;
    const due = deployFinishedAt && new Date(deployFinishedAt.getTime() + 24 * HOUR_MS);
    await appendDecision(tx, {
      ...{ kind: "outcome", service, releaseId: id, actorId: SYSTEM_ACTOR.id, decision, at: now },
      body: { version, commit, outcome },
    });
    await changeRelease(tx, id, {
      outcome: [...outcomesOf(release), outcome],
      outcomeDueAt: outcome.afterHours === 1 ? due : null,
    });
  });
}

/** Measures the releases whose hour, or day, is over. */
export async function recordOutcomes(signal: AbortSignal): Promise<number> {
  const now = new Date();
  const againAt = new Date(now.getTime() + TAKEN_MS);
  const due = await transaction((tx) => takeDueOutcomes(tx, { now, againAt, take: AT_A_TIME }));
  for (const id of due) {
    signal.throwIfAborted();
    await recordOutcome(id, now);
  }
  return due.length === AT_A_TIME ? 0 : LOOK_MS;
}

export function outcomesJob(): Job {
  return { name: "outcomes", run: recordOutcomes, retryMs: LOOK_MS };
}
