import type { ChannelKind } from "#lib/contracts/notifications.ts";

/** A field of a channel's settings. */
export interface ChannelField {
  part: "config" | "secret";
  name: string;
  label: string;
  hint: string;
}

const secretUrl = (hint: string): ChannelField => ({
  part: "secret",
  name: "url",
  label: "Webhook address",
  hint,
});

/** What a kind is called, and what it needs. */
export const CHANNEL_WORDS: Readonly<
  Record<ChannelKind, { label: string; fields: readonly ChannelField[] }>
> = {
  discord: { label: "Discord", fields: [secretUrl("Channel settings, Integrations, Webhooks, Copy URL")] },
  slack: { label: "Slack", fields: [secretUrl("The address of an incoming webhook")] },
  slack_incident: {
    label: "Slack, a channel per incident",
    fields: [
      {
        part: "secret",
        name: "token",
        label: "Bot token",
        hint: "xoxb-…, with channels:manage, channels:join, chat:write and chat:write.public",
      },
      { part: "config", name: "prefix", label: "Prefix of names", hint: "Lower case; may be empty" },
    ],
  },
  email: {
    label: "E-mail",
    fields: [
      { part: "config", name: "to", label: "To", hint: "Addresses, with commas between them" },
      {
        part: "config",
        name: "from",
        label: "From",
        hint: "An address that the mail server lets us send as",
      },
    ],
  },
  pagerduty: {
    label: "PagerDuty",
    fields: [
      {
        part: "secret",
        name: "routingKey",
        label: "Integration key",
        hint: "Of an Events API v2 integration",
      },
    ],
  },
  webhook: {
    label: "Webhook",
    fields: [
      secretUrl("Gets JSON; redirects are not followed"),
      {
        part: "secret",
        name: "signingSecret",
        label: "Signing secret",
        hint: "At least 16 characters; the receiver checks x-burnline-signature with it",
      },
    ],
  },
};
