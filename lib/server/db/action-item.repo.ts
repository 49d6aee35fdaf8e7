import "server-only";
import type { Transaction } from "./client.ts";
import type { ActionItem, Incident, Prisma } from "./generated/client.ts";

/** An action item with what it belongs to. */
export type ActionItemRecord = ActionItem & {
  incident: Pick<Incident, "id" | "title" | "severity" | "service">;
};

const WITH_INCIDENT = {
  incident: { select: { id: true, title: true, severity: true, service: true } },
} as const;

/** What a list asks for. */
export interface ActionItemQuery {
  incident?: string | undefined;
  owner?: string | undefined;
  open?: boolean | undefined;
  /** Whether it is due by `now` and not done. */
  overdue?: boolean | undefined;
  now: Date;
}

/** Action items: what is not done first, by when it is due; what has no date last. */
export function findActionItems(
  tx: Transaction,
  { incident, owner, open, overdue, now }: ActionItemQuery,
): Promise<ActionItemRecord[]> {
  const late = { doneAt: null, dueAt: { lt: now } };
  // Spelled out: the negation of a comparison with no date is not true either.
  const inTime = { OR: [{ doneAt: { not: null } }, { dueAt: null }, { dueAt: { gte: now } }] };
  const where: Prisma.ActionItemWhereInput[] = [
    ...(incident === undefined ? [] : [{ incidentId: incident }]),
    ...(owner === undefined ? [] : [{ ownerId: owner }]),
    ...(open === undefined ? [] : [{ doneAt: open ? null : { not: null } }]),
    ...(overdue === undefined ? [] : [overdue ? late : inTime]),
  ];
  return tx.actionItem.findMany({
    where: { AND: where },
    include: WITH_INCIDENT,
    orderBy: [
      { doneAt: { sort: "desc", nulls: "first" } },
      { dueAt: { sort: "asc", nulls: "last" } },
      { id: "asc" },
    ],
  });
}

/** One action item, locked until the transaction ends; null when there is none. */
export async function lockActionItem(tx: Transaction, id: string): Promise<ActionItemRecord | null> {
  await tx.$executeRaw`select 1 from action_items where id = ${id} for update`;
  return tx.actionItem.findUnique({ where: { id }, include: WITH_INCIDENT });
}

/** Adds an action item. */
export function addActionItem(
  tx: Transaction,
  item: Prisma.ActionItemUncheckedCreateInput,
): Promise<ActionItemRecord> {
  return tx.actionItem.create({ data: item, include: WITH_INCIDENT });
}

/** Changes an action item and counts the change. */
export function changeActionItem(
  tx: Transaction,
  id: string,
  data: Prisma.ActionItemUncheckedUpdateInput,
): Promise<ActionItemRecord> {
  const counted = { ...data, version: { increment: 1 } };
  return tx.actionItem.update({ where: { id }, data: counted, include: WITH_INCIDENT });
}

/** Takes hold of overdue items that nobody was reminded of, and marks them: each is answered once, to one replica. */
export async function takeOverdue(tx: Transaction, now: Date, take: number): Promise<ActionItem[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update action_items set reminded_at = ${now}::timestamptz where id in (
      select a.id from action_items a join incidents i on i.id = a.incident_id
      where a.done_at is null and a.reminded_at is null and a.due_at < ${now}::timestamptz
      order by a.due_at limit ${take} for update of a skip locked)
    returning id`;
  return tx.actionItem.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
}
