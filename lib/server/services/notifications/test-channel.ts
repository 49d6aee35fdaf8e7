import "server-only";
import { randomUUID } from "node:crypto";
import { type ChannelTest, OneChannel } from "#lib/contracts/notifications.ts";
import type { Message } from "#lib/domain/notifications/message.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findChannel } from "#lib/server/db/channel.repo.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { deliver } from "#lib/server/notify/registry.ts";
import { outbound } from "#lib/server/outbound/fetch.ts";

function testMessage(at: Date): Message {
  const id = `test-${randomUUID()}`;
  const notice = {
    id,
    event: "test",
    incidentId: "burnline-test",
    releaseId: null,
    title: "This channel is told of incidents and releases by Burnline",
    severity: "P4",
    phase: "DETECT",
    service: null,
    node: null,
    text: "Nothing is wrong and nothing has to be done.",
    at: at.toISOString(),
    url: settings().publicUrl,
    acknowledgeUrl: null,
  } as const;
  return { key: id, notices: [notice] };
}

/** Sends a test at once and answers what came of it. @throws `not_found` */
export async function testChannel(actor: Actor, input: unknown, caller: Caller): Promise<ChannelTest> {
  authorize(actor, "notifications:write");
  const { channel: id } = parseInput(OneChannel, input);
  const channel = await read((tx) => findChannel(tx, id));
  if (!channel) throw new AppError("not_found", `there is no channel with the id ${JSON.stringify(id)}`);
  const now = new Date();
  const means = { way: outbound(), signal: caller.signal, nowMs: now.getTime() };
  const delivery = await deliver(channel, testMessage(now), means);
  await transaction((tx) =>
    recordAudit(tx, actor, caller, {
      action: "channel.tested",
      resource: { type: "channel", id },
      after: { outcome: delivery.outcome },
    }),
  );
  if (delivery.outcome === "sent") return { outcome: "sent", detail: "it was taken" };
  return { outcome: "failed", detail: delivery.detail };
}
