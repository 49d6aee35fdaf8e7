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

// Slack's limits: of a header, of a section's text, and of the blocks of a message.
const MOST_HEADER = 150;
const MOST_SECTION = 3_000;
const MOST_BLOCKS = 50;

/** Text outside of blocks is always markup: the three signs that begin an entity lose their meaning. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text as text: `plain_text` knows neither mentions nor links. */
const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

function buttonsOf({ url, acknowledgeUrl }: Notice): object[] {
  const button = (text: string, address: string, style?: "primary") => ({
    type: "button",
    text: plain(text),
    url: address,
    ...(style ? { style } : {}),
  });
  const elements = [
    ...(acknowledgeUrl === null ? [] : [button("Acknowledge", acknowledgeUrl, "primary")]),
    ...(url === null ? [] : [button("Open in Burnline", url)]),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function blocksOf(message: Message): object[] {
  const [first, ...others] = message.notices;
  const header = { type: "header", text: plain(fit(subjectOf(message), MOST_HEADER)) };
  const section = (text: string) => ({ type: "section", text: plain(text) });
  if (others.length === 0)
    return [header, section(fitLines([first.title, ...factsOf(first)], MOST_SECTION)), ...buttonsOf(first)];
  const room = MOST_BLOCKS - 2;
  const shown = message.notices
    .slice(0, room)
    .map((notice) => section(fitLines([headlineOf(notice), ...factsOf(notice)], MOST_SECTION)));
  const more = message.notices.length - shown.length;
  return [header, ...shown, ...(more > 0 ? [section(`… and ${more} more`)] : [])];
}

/** A message as Slack takes it, from a webhook and from its Web API. Nobody is mentioned, whatever a text says. */
export function slackMessage(message: Message): { text: string; blocks: object[] } {
  return { text: fit(escaped(subjectOf(message)), MOST_SECTION), blocks: blocksOf(message) };
}
