/** What people can be told of an incident. */
export const NOTIFICATION_EVENTS = [
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
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** The event as a message begins with it, before the title of the incident. */
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
  test: "Test",
};
