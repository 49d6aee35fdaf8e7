import "server-only";
import { randomUUID } from "node:crypto";
import {
  type Channel,
  type ChannelKind,
  CreateChannel,
  OneChannel,
  PutChannel,
} from "#lib/contracts/notifications.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import {
  changeChannel,
  type ChannelRecord,
  createChannel,
  findChannels,
  isNameTaken,
  lockChannel,
  removeChannel,
} from "#lib/server/db/channel.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { channelStates } from "#lib/server/db/notification.repo.ts";
import { lockPolicies } from "#lib/server/db/policy.repo.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { ChannelSettings } from "#lib/server/notify/channel.ts";
import { addressesOf, openSecret, parseSettings, sealSecret } from "#lib/server/notify/registry.ts";
import { checkTarget } from "#lib/server/outbound/fetch.ts";
import { rulesThatTell } from "./channel-use.ts";

type States = Awaited<ReturnType<typeof channelStates>>;

function toChannel({ id, name, kind, config, enabled, version }: ChannelRecord, states: States): Channel {
  const state = states.get(id);
  const { waiting = 0, dead = 0 } = state ?? {};
  const lastSentAt = state?.lastSentAt?.toISOString() ?? null;
  return { id, name, kind, config, enabled, version, waiting, dead, lastSentAt };
}

/** Channels by name with how each does; no secret is ever answered. */
export function listChannels(actor: Actor): Promise<{ channels: Channel[] }> {
  authorize(actor, "notifications:read");
  return read(async (tx) => {
    const states = await channelStates(tx);
    return { channels: (await findChannels(tx)).map((channel) => toChannel(channel, states)) };
  });
}

/** Settings that fit their kind and go to addresses that may be reached. @throws `invalid` naming the field */
function checkedSettings<K extends ChannelKind>(
  kind: K,
  given: { config: unknown; secret: unknown },
): ChannelSettings<K> {
  const checked = parseSettings(kind, given);
  for (const [field, url] of Object.entries(addressesOf(kind, checked)))
    checkTarget(url, settings().access.outboundAllow, field);
  return checked;
}

async function requireFreeName(tx: Transaction, name: string, id: string | null): Promise<void> {
  if (!(await isNameTaken(tx, name, id))) return;
  const message = "another channel has this name";
  throw new AppError("invalid", `name: ${message}`, { fields: [{ path: "name", message }] });
}

/** One channel, locked. @throws `not_found` */
async function requireChannel(tx: Transaction, id: string): Promise<ChannelRecord> {
  const channel = await lockChannel(tx, id);
  if (channel) return channel;
  throw new AppError("not_found", `there is no channel with the id ${JSON.stringify(id)}`);
}

/** What the audit log tells of a channel: nothing of its settings, whose addresses are often secrets themselves. */
const described = ({ kind, enabled }: ChannelRecord) => ({ kind, enabled });

/** Makes a channel. @throws `invalid` naming the field: its settings, an address that is not public, a taken name */
export function makeChannel(actor: Actor, input: unknown, caller: Caller): Promise<{ channel: Channel }> {
  authorize(actor, "notifications:write");
  const { kind, name, enabled, ...given } = parseInput(CreateChannel, input);
  const { config, secret } = checkedSettings(kind, given);
  return transaction(async (tx) => {
    await requireFreeName(tx, name, null);
    const id = randomUUID();
    const fields = { id, kind, name, enabled, config, secret: sealSecret(id, secret) };
    const channel = await createChannel(tx, fields);
    await recordAudit(tx, actor, caller, {
      action: "channel.created",
      resource: { type: "channel", id },
      after: described(channel),
    });
    return { channel: toChannel(channel, new Map()) };
  });
}

/** Changes a channel. @throws `not_found`, `invalid`, `conflict` with the current one for a stale version */
export function putChannel(actor: Actor, input: unknown, caller: Caller): Promise<{ channel: Channel }> {
  authorize(actor, "notifications:write");
  const { channel: id, version, name, enabled, config, secret } = parseInput(PutChannel, input);
  return transaction(async (tx) => {
    const before = await requireChannel(tx, id);
    if (before.version !== version)
      throw new AppError("conflict", `${before.name} was changed meanwhile`, {
        current: toChannel(before, await channelStates(tx)),
      });
    await requireFreeName(tx, name, id);
    const checked = checkedSettings(before.kind, { config, secret: secret ?? openSecret(before) });
    const sealed = secret === undefined ? before.secret : sealSecret(id, checked.secret);
    const after = await changeChannel(tx, id, { name, enabled, config: checked.config, secret: sealed });
    const answer = toChannel(after, await channelStates(tx));
    await recordAudit(tx, actor, caller, {
      action: "channel.changed",
      resource: { type: "channel", id },
      before: described(before),
      after: { ...described(after), secretChanged: secret !== undefined },
    });
    return { channel: answer };
  });
}

/** Removes a channel with its delivery log. @throws `not_found`, `conflict` while a document in force names it */
export function deleteChannel(actor: Actor, input: unknown, caller: Caller): Promise<{ done: true }> {
  authorize(actor, "notifications:write");
  const { channel: id } = parseInput(OneChannel, input);
  return transaction(async (tx) => {
    await lockPolicies(tx);
    const channel = await requireChannel(tx, id);
    const used = await rulesThatTell(tx, id);
    if (used.length > 0)
      throw new AppError("conflict", `${channel.name} is told by ${used.join(", ")}: change that first`);
    await removeChannel(tx, id);
    await recordAudit(tx, actor, caller, {
      action: "channel.removed",
      resource: { type: "channel", id },
      before: described(channel),
    });
    return { done: true } as const;
  });
}
