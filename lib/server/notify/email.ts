import "server-only";
import { createTransport } from "nodemailer";
import {
  factsOf,
  fit,
  headlineOf,
  type Message,
  type Notice,
  subjectOf,
} from "#lib/domain/notifications/message.ts";
import { settings } from "#lib/server/env.ts";
import type { ChannelSender, Delivery } from "./channel.ts";

const TIMEOUT_MS = 10_000;
/** RFC 5322, 2.1.1: a line may have 998 characters, of which a subject should leave most. */
const MOST_SUBJECT = 200;

function paragraphOf(notice: Notice): string {
  const links = [
    ...(notice.acknowledgeUrl === null ? [] : [`Acknowledge: ${notice.acknowledgeUrl}`]),
    ...(notice.url === null ? [] : [`Open: ${notice.url}`]),
  ];
  return [headlineOf(notice), ...factsOf(notice), ...links].join("\n");
}

/** The subject, on one line, and the text: plain, so that nothing in it is markup. */
export function emailOf(message: Message): { subject: string; text: string } {
  const subject = fit(subjectOf(message).replace(/[\r\n]+/g, " "), MOST_SUBJECT);
  return { subject, text: `${message.notices.map(paragraphOf).join("\n\n")}\n` };
}

/** What a mail server's refusal means: 5yz is for good, all else may pass (RFC 5321, 4.2.1). */
function deliveryOfRefusal(error: unknown): Delivery {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message: string };
  const detail = `the mail server: ${fit(message.replace(/\s+/g, " "), 300)}`;
  const settled = responseCode === undefined ? code === "EENVELOPE" : responseCode >= 500;
  return settled ? { outcome: "dead", detail } : { outcome: "again", detail, afterMs: null };
}

/** E-mail by the mail server of the settings. */
export const email: ChannelSender<"email"> = {
  bundles: true,
  addresses: () => ({}),
  send: async ({ config }, message) => {
    const { smtpUrl } = settings();
    if (smtpUrl === null) return { outcome: "dead", detail: "the setting SMTP_URL names no mail server" };
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { key } = message;
    try {
      await transport.sendMail({
        ...emailOf(message),
        from: config.from,
        to: config.to,
        messageId: `<${key}@burnline>`,
        headers: { "Idempotency-Key": key },
      });
      return { outcome: "sent" };
    } catch (error) {
      return deliveryOfRefusal(error);
    } finally {
      transport.close();
    }
  },
};
