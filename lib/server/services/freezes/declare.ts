import "server-only";
import { randomUUID } from "node:crypto";
import { CreateFreeze, type Freeze, type FreezeTime } from "#lib/contracts/freezes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { createFreeze } from "#lib/server/db/freeze.repo.ts";
import { AppError, type FieldError, parseInput } from "#lib/server/errors.ts";
import { freezeSpans, readRule } from "#lib/server/gate/freeze-spans.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { isVisible } from "#lib/server/services/catalogue/visibility.ts";
import { toFreezes } from "./to-freeze.ts";
import { isWhollyInSight } from "./visibility.ts";

const DAY_MS = 86_400_000;
const LOOK_AHEAD_DAYS = 730;
const SHOWN_DAYS = 60;

function ruleErrors(when: FreezeTime): FieldError[] {
  if (when.kind === "once") return [];
  const started = new Date(`${when.startsAt}:00Z`);
  // "2026-02-30" reads as another day, "2026-13-01" as none.
  const real = Number.isFinite(started.getTime()) && started.toISOString().startsWith(when.startsAt);
  if (!real) return [{ path: "when.startsAt", message: "is no day of the calendar" }];
  try {
    readRule(when.rule);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ path: "when.rule", message: error.message }];
  }
}

/** A freeze that never holds is a mistake. */
function neverHolds(when: FreezeTime, nowMs: number): FieldError[] {
  const range = { fromMs: nowMs, toMs: nowMs + LOOK_AHEAD_DAYS * DAY_MS };
  if (freezeSpans(when, range).length > 0) return [];
  const path = when.kind === "once" ? "when.to" : "when.rule";
  return [{ path, message: "never holds within the next two years" }];
}

function requireFine(errors: FieldError[]): void {
  if (errors.length === 0) return;
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", detail, { fields: errors });
}

/** The services in sight; null: all. @throws `invalid` naming the first service that is not there */
async function requireServices(actor: Actor, named: readonly string[]): Promise<string[] | null> {
  const visible = (await readCatalogue()).filter((one) => isVisible(one, actor)).map(({ name }) => name);
  requireFine(
    named.flatMap((name, at) =>
      visible.includes(name) ? [] : [{ path: `services.${at}`, message: "is no service of the catalogue" }],
    ),
  );
  return actor.confinement.length === 0 ? null : visible;
}

/** What a record of a freeze belongs to: its one service, or nobody alone. */
export const recordedService = (services: readonly string[]): string =>
  services.length === 1 ? (services[0] ?? "") : "";

/**
 * Declares when nothing goes out.
 * @throws `invalid` naming the field, `forbidden` where it would hold for more than the actor sees
 */
export async function declareFreeze(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ freeze: Freeze }> {
  authorize(actor, "freezes:write");
  const { name, reason, ...document } = parseInput(CreateFreeze, input);
  const nowMs = Date.now();
  requireFine(ruleErrors(document.when));
  requireFine(neverHolds(document.when, nowMs));
  const services = await requireServices(actor, document.services);
  if (!isWhollyInSight(document, services))
    throw new AppError("forbidden", "name the services: it would hold for more than you see");
  const id = randomUUID();
  return transaction(async (tx) => {
    const record = await createFreeze(tx, { id, name, reason, document, createdBy: actor.id });
    await appendDecision(tx, {
      kind: "freeze",
      service: recordedService(document.services),
      releaseId: null,
      actorId: actor.id,
      decision: null,
      at: record.createdAt,
      body: { event: "declared", id, name, reason, ...document },
    });
    const range = { fromMs: nowMs, toMs: nowMs + SHOWN_DAYS * DAY_MS };
    const [freeze] = await toFreezes(tx, [record], { range, services, nowMs });
    await recordAudit(tx, actor, caller, {
      action: "freeze.declared",
      resource: { type: "freeze", id },
      after: { name, ...document },
    });
    return { freeze: freeze! };
  });
}
