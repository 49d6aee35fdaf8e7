import "server-only";
import { type ChannelSender, post } from "./channel.ts";
import { slackMessage } from "./slack-message.ts";

/** An incoming webhook of a Slack channel. */
export const slack: ChannelSender<"slack"> = {
  bundles: true,
  addresses: ({ secret }) => ({ "secret.url": secret.url }),
  send: ({ secret }, message, means) =>
    post({ url: secret.url, body: JSON.stringify(slackMessage(message)), key: message.key }, means),
};
