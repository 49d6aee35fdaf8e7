import "server-only";
import type { ChannelKind } from "#lib/contracts/notifications.ts";
import type { Transaction } from "./client.ts";
import type { Channel, Prisma } from "./generated/client.ts";

/** A channel; `secret` is sealed. */
export interface ChannelRecord extends Omit<Channel, "kind" | "config" | "secret"> {
  kind: ChannelKind;
  config: Record<string, unknown>;
  secret: string;
}

// Written by our own verbs alone.
const toRecord = (row: Channel) => row as unknown as ChannelRecord;

/** All channels by name. */
export async function findChannels(tx: Transaction): Promise<ChannelRecord[]> {
  const rows = await tx.channel.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return rows.map(toRecord);
}

export async function findChannel(tx: Transaction, id: string): Promise<ChannelRecord | null> {
  const row = await tx.channel.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** One channel, locked until the transaction ends. */
export async function lockChannel(tx: Transaction, id: string): Promise<ChannelRecord | null> {
  await tx.$executeRaw`select 1 from channels where id = ${id} for no key update`;
  return findChannel(tx, id);
}

/** Whether another channel has the name. */
export async function isNameTaken(tx: Transaction, name: string, id: string | null): Promise<boolean> {
  const row = await tx.channel.findUnique({ where: { name }, select: { id: true } });
  return row !== null && row.id !== id;
}

interface ChannelFields {
  name: string;
  enabled: boolean;
  config: Record<string, unknown>;
  secret: string;
}

const data = ({ config, ...rest }: ChannelFields) => ({ ...rest, config: config as Prisma.InputJsonObject });

export async function createChannel(
  tx: Transaction,
  channel: ChannelFields & { id: string; kind: ChannelKind },
): Promise<ChannelRecord> {
  const { id, kind } = channel;
  return toRecord(await tx.channel.create({ data: { ...data(channel), id, kind } }));
}

/** Changes a channel and counts the change. */
export async function changeChannel(
  tx: Transaction,
  id: string,
  { name, enabled, config, secret }: ChannelFields,
): Promise<ChannelRecord> {
  const fields = data({ name, enabled, config, secret });
  return toRecord(await tx.channel.update({ where: { id }, data: { ...fields, version: { increment: 1 } } }));
}

/** Removes a channel with its delivery log. */
export async function removeChannel(tx: Transaction, id: string): Promise<void> {
  await tx.notification.deleteMany({ where: { channelId: id } });
  await tx.channel.delete({ where: { id } });
}
