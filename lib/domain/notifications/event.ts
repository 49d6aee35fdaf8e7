/** How far a message to a channel got. */
export const NOTIFICATION_STATES = ["waiting", "sent", "dead", "dropped"] as const;

/** What people can be told of an incident. */
export const INCIDENT_NOTIFICATIONS = [
  "opened",
  "reopened",
  "severity_raised",
  "acknowledged",
  "mitigated",
  "resolved",
  "escalated",
  "postmortem_published",
  "action_overdue",
] as const;
export type IncidentNotification = (typeof INCIDENT_NOTIFICATIONS)[number];

/** What people can be told of a release. */
export const RELEASE_NOTIFICATIONS = [
  "release_waiting",
  "release_revoked",
  "release_halted",
  "release_uncleared",
] as const;
export type ReleaseNotification = (typeof RELEASE_NOTIFICATIONS)[number];

export const NOTIFICATION_EVENTS = [...INCIDENT_NOTIFICATIONS, ...RELEASE_NOTIFICATIONS] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** The event as a message begins with it, before the title of the incident, or the service and version. */
export const EVENT_WORDS: Readonly<Record<NotificationEvent | "test", string>> = {
  opened: "Opened",
  reopened: "Opened again",
  severity_raised: "Graver",
  acknowledged: "Acknowledged",
  mitigated: "Mitigated",
  resolved: "Resolved",
  escalated: "Nobody has acknowledged",
  postmortem_published: "Post-mortem published",
  action_overdue: "Action overdue",
  release_waiting: "Release waits for a review",
  release_revoked: "Release no longer approved",
  release_halted: "Deploy has to stop",
  release_uncleared: "Out without the gate",
  test: "Test",
};

export function isReleaseNotification(event: NotificationEvent): event is ReleaseNotification {
  return (RELEASE_NOTIFICATIONS as readonly string[]).includes(event);
}
