import "server-only";
import { subjectOf } from "#lib/domain/notifications/message.ts";
import { signedHeaders } from "#lib/server/outbound/signed.ts";
import { type ChannelSender, post } from "./channel.ts";

/** JSON to an address, signed as the audit sink signs. */
export const webhook: ChannelSender<"webhook"> = {
  bundles: true,
  addresses: ({ secret }) => ({ "secret.url": secret.url }),
  send: ({ secret }, message, means) => {
    const { key, notices } = message;
    const body = JSON.stringify({ version: 1, key, subject: subjectOf(message), notices });
    const headers = signedHeaders(secret.signingSecret, body, means.nowMs);
    return post({ url: secret.url, body, headers, key }, means);
  },
};
