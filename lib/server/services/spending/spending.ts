import "server-only";
import { randomUUID } from "node:crypto";
import { AgreeSpending, ListSpending, OneSpending, type Spending } from "#lib/contracts/spending.ts";
import { MOST_SPENDING_DAYS } from "#lib/domain/gate/spending.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import type { SpendingRow } from "#lib/server/db/spending.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import {
  addSpending,
  findOneSpending,
  findSpendings,
  withdrawSpending,
} from "#lib/server/db/spending.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";
import { requireService } from "#lib/server/services/gate/evaluate.ts";

const DAY_MS = 86_400_000;

async function toSpendings(tx: Transaction, rows: readonly SpendingRow[]): Promise<Spending[]> {
  const people = rows.flatMap(({ approvedBy, withdrawnBy }) => [approvedBy, withdrawnBy ?? []].flat());
  const names = await findPersonNames(tx, people);
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const now = new Date();
  return rows.map(({ approvedBy, at, expiresAt, withdrawnAt, withdrawnBy, ...row }) => ({
    ...row,
    approvedBy: person(approvedBy),
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    withdrawnBy: withdrawnBy === null ? null : person(withdrawnBy),
    active: withdrawnAt === null && expiresAt > now,
  }));
}

async function toOne(tx: Transaction, row: SpendingRow): Promise<{ spending: Spending }> {
  const [spending] = await toSpendings(tx, [row]);
  return { spending: spending! };
}

async function record(
  tx: Transaction,
  actor: Actor,
  row: SpendingRow,
  event: "agreed" | "withdrawn",
): Promise<void> {
  const { id, service, amountRatio, reason, expiresAt } = row;
  await appendDecision(tx, {
    kind: "spending",
    service,
    releaseId: null,
    actorId: actor.id,
    decision: null,
    at: new Date(),
    body: { event, id, amountRatio, reason, expiresAt: expiresAt.toISOString() },
  });
}

/** What was agreed to, newest first, of the services that the actor may see. */
export async function listSpending(
  actor: Actor,
  input: unknown,
): Promise<{ data: { spending: Spending[] } }> {
  authorize(actor, "releases:read");
  const { service } = parseInput(ListSpending, input);
  const visible = await visibleServices(actor);
  const services =
    service === undefined ? visible : [service].filter((one) => visible === null || visible.includes(one));
  return read(async (tx) => ({
    data: { spending: await toSpendings(tx, await findSpendings(tx, services)) },
  }));
}

/** Agrees to spend more of a service's budget. @throws `invalid`, `not_found` */
export async function agreeSpending(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ spending: Spending }> {
  authorize(actor, "budget:spend");
  const { service, amountRatio, reason, expiresAt } = parseInput(AgreeSpending, input);
  const leftMs = Date.parse(expiresAt) - Date.now();
  if (!(leftMs > 0 && leftMs <= MOST_SPENDING_DAYS * DAY_MS)) {
    const message = `must lie within the next ${MOST_SPENDING_DAYS} days`;
    throw new AppError("invalid", `expiresAt: ${message}`, { fields: [{ path: "expiresAt", message }] });
  }
  await requireService(actor, service);
  const wanted = { id: randomUUID(), service, amountRatio, reason, approvedBy: actor.id };
  return transaction(async (tx) => {
    const row = await addSpending(tx, { ...wanted, expiresAt: new Date(expiresAt) });
    await record(tx, actor, row, "agreed");
    const answer = await toOne(tx, row);
    await recordAudit(tx, actor, caller, {
      action: "spending.agreed",
      resource: { type: "spending", id: row.id },
      after: { service, amountRatio, expiresAt },
    });
    return answer;
  });
}

/** Takes it back. @throws `not_found`, `conflict` for what is over */
export async function takeSpendingBack(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ spending: Spending }> {
  authorize(actor, "budget:spend");
  const { id } = parseInput(OneSpending, input);
  const services = await visibleServices(actor);
  return transaction(async (tx) => {
    const known = await findOneSpending(tx, id);
    if (!known || (services !== null && !services.includes(known.service)))
      throw new AppError("not_found", `there is no agreed spending with the id ${JSON.stringify(id)}`);
    const row = await withdrawSpending(tx, id, actor.id);
    if (!row) throw new AppError("conflict", "it is over already: withdrawn, or expired");
    await record(tx, actor, row, "withdrawn");
    const answer = await toOne(tx, row);
    await recordAudit(tx, actor, caller, {
      action: "spending.withdrawn",
      resource: { type: "spending", id },
      before: { service: row.service, amountRatio: row.amountRatio },
    });
    return answer;
  });
}
