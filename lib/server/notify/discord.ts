import "server-only";
import {
  factsOf,
  fit,
  fitLines,
  headlineOf,
  type Message,
  type Notice,
  subjectOf,
} from "#lib/domain/notifications/message.ts";
import { type ChannelSender, post } from "./channel.ts";

// Discord's limits (webhook and embed objects of its API reference); all embeds of a message have 6000 together.
const MOST_CONTENT = 2_000;
const MOST_TITLE = 256;
const MOST_DESCRIPTION = 4_096;
const COLORS: Readonly<Record<string, number>> = { P1: 0xe5484d, P2: 0xf76b15, P3: 0xffb224, P4: 0x8b8d98 };

/** Text as text: what Discord would read as markup, a mention or a link loses its meaning. */
export function discordText(text: string): string {
  return text.replace(/[\\`*_~|<>[\]()#@:&-]/g, (sign) => `\\${sign}`);
}

function linksOf({ url, acknowledgeUrl }: Notice): string[] {
  const links = [
    ...(acknowledgeUrl === null ? [] : [`[Acknowledge](${acknowledgeUrl})`]),
    ...(url === null ? [] : [`[Open in Burnline](${url})`]),
  ];
  return links.length === 0 ? [] : [links.join(" · ")];
}

function single(notice: Notice): object {
  const facts = factsOf(notice).map((line) => discordText(fit(line, 1_000)));
  return {
    content: fit(discordText(headlineOf(notice)), MOST_CONTENT),
    embeds: [
      {
        title: fit(notice.title, MOST_TITLE),
        description: fitLines([...linksOf(notice), ...facts], MOST_DESCRIPTION),
        color: COLORS[notice.severity ?? ""] ?? COLORS.P4,
        timestamp: notice.at,
      },
    ],
  };
}

function several(message: Message): object {
  const lines = message.notices.map((notice) => {
    const name = notice.incidentId ?? "release";
    const link = notice.url === null ? name : `[${name}](${notice.url})`;
    return `${discordText(fit(headlineOf(notice), 300))} ${link}`;
  });
  return { content: fitLines([`**${discordText(subjectOf(message))}**`, ...lines], MOST_CONTENT) };
}

/** The body of a message as Discord takes it. Nobody is mentioned, whatever a text says. */
export function discordBody(message: Message): string {
  const [first, ...others] = message.notices;
  const told = others.length === 0 ? single(first) : several(message);
  return JSON.stringify({ ...told, allowed_mentions: { parse: [] } });
}

/** A webhook of a Discord channel. */
export const discord: ChannelSender<"discord"> = {
  bundles: true,
  addresses: ({ secret }) => ({ "secret.url": secret.url }),
  send: ({ secret }, message, means) =>
    post({ url: secret.url, body: discordBody(message), key: message.key }, means),
};
