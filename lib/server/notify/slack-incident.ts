import "server-only";
import { z } from "zod";
import { type ChannelSender, type ChannelSettings, type Delivery, type Means, post } from "./channel.ts";
import { slackMessage } from "./slack-message.ts";

/** Slack's limit for the name of a channel. */
const MOST_NAME = 80;
/** Errors of the Web API that pass; all others say that something has to be set right. */
const PASSING: ReadonlySet<string> = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
]);
const Answer = z.object({ ok: z.boolean(), error: z.string().max(100).optional() });

/** The Web API says with status 200 what went wrong. */
function readAnswer(text: string): { error: string | null } {
  try {
    const { ok, error } = Answer.parse(JSON.parse(text));
    return { error: ok ? null : (error ?? "unknown_error") };
  } catch {
    return { error: "internal_error" };
  }
}

type Settings = ChannelSettings<"slack_incident">;

/** Calls a method; an error among `fine` is as good as success and answered beside it. */
async function call(
  { config, secret }: Settings,
  method: string,
  body: object,
  { key, fine, means }: { key: string; fine: string; means: Means },
): Promise<{ delivery: Delivery; hit: boolean }> {
  let hit = false;
  const request = {
    url: `${config.apiUrl.replace(/\/$/, "")}/${method}`,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${secret.token}` },
    key,
  };
  const delivery = await post(request, means, (text) => {
    const { error } = readAnswer(text);
    hit = error === fine;
    if (error === null || hit) return null;
    const detail = `${method}: ${error}`;
    return PASSING.has(error) ? { outcome: "again", detail, afterMs: null } : { outcome: "dead", detail };
  });
  return { delivery, hit };
}

/** A channel for each incident: made when there is something to tell and it is not there yet. */
export const slackIncident: ChannelSender<"slack_incident"> = {
  bundles: false,
  addresses: ({ config }) => ({ "config.apiUrl": config.apiUrl }),
  send: async (settings, message, means) => {
    const { key, notices } = message;
    const [{ incidentId }] = notices;
    if (incidentId === null) return { outcome: "dropped", detail: "its channels are those of incidents" };
    const name = `${settings.config.prefix}${incidentId.toLowerCase()}`.slice(0, MOST_NAME);
    const tell = () =>
      call(
        settings,
        "chat.postMessage",
        { channel: `#${name}`, ...slackMessage(message) },
        {
          key,
          fine: "channel_not_found",
          means,
        },
      );
    const first = await tell();
    if (!first.hit) return first.delivery;
    const made = await call(settings, "conversations.create", { name }, { key, fine: "name_taken", means });
    if (made.delivery.outcome !== "sent") return made.delivery;
    const second = await tell();
    if (!second.hit) return second.delivery;
    return {
      outcome: "dead",
      detail: `chat.postMessage: #${name} is there, but Burnline's app may not write in it`,
    };
  },
};
