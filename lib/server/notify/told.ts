import "server-only";
import type { EventBody } from "#lib/contracts/incident-events.ts";
import type { Transition } from "#lib/domain/incidents/lifecycle.ts";
import type { NotificationEvent } from "#lib/domain/notifications/event.ts";

/** What people are told of a fact, and in which words beside the event's own. */
export interface Told {
  event: NotificationEvent;
  text: string;
}

const OF_TRANSITIONS: Readonly<Partial<Record<Transition, NotificationEvent>>> = {
  acknowledge: "acknowledged",
  mitigate: "mitigated",
  resolve: "resolved",
  reopen: "reopened",
};

function toldOfTransition(body: Extract<EventBody, { kind: "transition" }>): Told | null {
  const event = OF_TRANSITIONS[body.transition];
  if (event === undefined) return null;
  const text = [body.automatic ? "by itself" : "", body.note ?? ""].filter(Boolean).join(": ");
  return { event, text };
}

/** What people can be told of a fact of a timeline; null for those that nobody is told of, notifications among them. */
export function toldOf(body: EventBody): Told | null {
  switch (body.kind) {
    case "opened":
      return { event: "opened", text: body.alerts.map(({ summary }) => summary).join("; ") };
    case "transition":
      return toldOfTransition(body);
    case "severity":
      if (body.to >= body.from) return null;
      return { event: "severity_raised", text: `${body.from} → ${body.to}: ${body.reason}` };
    case "escalated":
      return { event: "escalated", text: body.reason };
    case "reminder":
      return { event: "action_overdue", text: `${body.text} (due ${body.dueAt.slice(0, 10)})` };
    case "postmortem":
      return body.step === "published" ? { event: "postmortem_published", text: "" } : null;
    default:
      return null;
  }
}
