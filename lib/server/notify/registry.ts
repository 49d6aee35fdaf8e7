import "server-only";
import { type ChannelKind, settingsOf } from "#lib/contracts/notifications.ts";
import type { Message } from "#lib/domain/notifications/message.ts";
import type { ChannelRecord } from "#lib/server/db/channel.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { seal, unseal, UnsealError } from "#lib/server/secrets/seal.ts";
import type { ChannelSender, ChannelSettings, Delivery, Means } from "./channel.ts";
import { discord } from "./discord.ts";
import { email } from "./email.ts";
import { pagerduty } from "./pagerduty.ts";
import { slackIncident } from "./slack-incident.ts";
import { slack } from "./slack.ts";
import { webhook } from "./webhook.ts";

/** Every kind of channel; a kind of the contract that is missing here does not compile. */
const SENDERS: { readonly [K in ChannelKind]: ChannelSender<K> } = {
  discord,
  slack,
  slack_incident: slackIncident,
  email,
  pagerduty,
  webhook,
};

const senderOf = <K extends ChannelKind>(kind: K): ChannelSender<K> => SENDERS[kind];

/** What a channel's secret is sealed for. */
const purposeOf = (id: string) => `channel/${id}`;

/** Kinds that take one incident a message. */
export const SINGLE_KINDS = (Object.keys(SENDERS) as ChannelKind[]).filter((kind) => !SENDERS[kind].bundles);

/** Holds settings against the fields of their kind. @throws `invalid` naming the field */
export function parseSettings<K extends ChannelKind>(
  kind: K,
  given: { config: unknown; secret: unknown },
): ChannelSettings<K> {
  const { config, secret } = settingsOf(kind);
  return {
    config: parseInput(config, given.config, "config"),
    secret: parseInput(secret, given.secret, "secret"),
  } as ChannelSettings<K>;
}

/** The addresses that a channel goes to, by the field that sets each. */
export function addressesOf<K extends ChannelKind>(
  kind: K,
  settings: ChannelSettings<K>,
): Readonly<Record<string, string>> {
  return senderOf(kind).addresses(settings);
}

/** A secret as it is kept. */
export function sealSecret(id: string, secret: object): string {
  return seal(purposeOf(id), JSON.stringify(secret));
}

/** The secret of a channel. @throws UnsealError when it was sealed with a secret that is gone */
export function openSecret({ id, secret }: ChannelRecord): unknown {
  return JSON.parse(unseal(purposeOf(id), secret));
}

async function send<K extends ChannelKind>(
  kind: K,
  channel: ChannelRecord,
  message: Message,
  means: Means,
): Promise<Delivery> {
  const settings = parseSettings(kind, { config: channel.config, secret: openSecret(channel) });
  return senderOf(kind).send(settings, message, means);
}

/** Sends a message to a channel. @throws AppError `cancelled` when the signal fires */
export async function deliver(channel: ChannelRecord, message: Message, means: Means): Promise<Delivery> {
  try {
    return await send(channel.kind, channel, message, means);
  } catch (error) {
    if (error instanceof UnsealError) return { outcome: "dead", detail: `its secret: ${error.message}` };
    throw error;
  }
}
