import "server-only";
import { EVENT_WORDS, type NotificationEvent } from "#lib/domain/notifications/event.ts";
import { fit, headlineOf, type Notice } from "#lib/domain/notifications/message.ts";
import { type ChannelSender, post } from "./channel.ts";

/** The limit of a summary in PagerDuty's Events API v2. */
const MOST_SUMMARY = 1_024;
const SEVERITIES: Readonly<Record<string, string>> = {
  P1: "critical",
  P2: "error",
  P3: "warning",
  P4: "info",
};

type Action = "trigger" | "acknowledge" | "resolve";
/** What an event asks PagerDuty to do; one that asks nobody is told nowhere there. */
const ACTIONS: Readonly<Record<NotificationEvent | "test", Action | null>> = {
  opened: "trigger",
  reopened: "trigger",
  severity_raised: "trigger",
  escalated: "trigger",
  acknowledged: "acknowledge",
  mitigated: null,
  resolved: "resolve",
  postmortem_published: null,
  action_overdue: null,
  release_waiting: null,
  release_revoked: null,
  // Nothing here ends them: whoever is called does, there.
  release_halted: "trigger",
  release_uncleared: "trigger",
  test: "trigger",
};

function payloadOf(notice: Notice): object {
  const { event, severity, phase, service, node, at, text } = notice;
  return {
    summary: fit(headlineOf(notice), MOST_SUMMARY),
    source: service ?? node ?? "burnline",
    severity: event === "test" ? "info" : (SEVERITIES[severity ?? "P2"] ?? "warning"),
    timestamp: at,
    ...(service === null ? {} : { component: service }),
    class: EVENT_WORDS[event],
    custom_details: { phase, text, node },
  };
}

/** PagerDuty's Events API v2: one alert there per incident or release here, whose id is the key. */
export const pagerduty: ChannelSender<"pagerduty"> = {
  bundles: false,
  addresses: ({ config }) => ({ "config.url": config.url }),
  send: async ({ config, secret }, { key, notices: [notice] }, means) => {
    // What is over by now must not ring: the event that ends it follows, or was sent.
    const action =
      notice.phase === "LEARN" && ACTIONS[notice.event] !== null ? "resolve" : ACTIONS[notice.event];
    if (action === null) return { outcome: "dropped", detail: "PagerDuty has nothing to do about it" };
    const about = notice.incidentId ?? `release/${notice.releaseId}`;
    const body = JSON.stringify({
      routing_key: secret.routingKey,
      event_action: action,
      dedup_key: about,
      ...(action === "trigger" ? { payload: payloadOf(notice), client: "Burnline" } : {}),
      ...(action === "trigger" && notice.url !== null
        ? { client_url: notice.url, links: [{ href: notice.url, text: about }] }
        : {}),
    });
    return post({ url: config.url, body, key }, means);
  },
};
