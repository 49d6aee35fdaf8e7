/** What an alert asks of people: to come at once, to look in working hours, or nothing. */
export const ALERT_ACTIONS = ["page", "ticket", "none"] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];

type Labels = Readonly<Record<string, string>>;

/** The label that Burnline's generated rules carry. */
const ACTION_LABEL = "burnline_action";
/** Words for severity in the field, besides ours. */
const ACTION_OF_SEVERITY: Readonly<Record<string, AlertAction>> = {
  page: "page",
  critical: "page",
  emergency: "page",
  ticket: "ticket",
  error: "ticket",
  high: "ticket",
  warning: "ticket",
};

/** What an alert asks, by its labels: those of a generated rule say it, else the severity does. */
export function actionOf(labels: Labels): AlertAction {
  const said = labels[ACTION_LABEL];
  if (said === "page" || said === "ticket") return said;
  return ACTION_OF_SEVERITY[(labels.severity ?? "").toLowerCase()] ?? "none";
}

/** What an alert is about. */
export interface AlertPlace {
  /**
   * Alerts of one key belong to one incident: whatever burns of a service is one trouble, be it told by a rule of
   * an SLO, by Burnline's own evaluation or by a rule of somebody else.
   */
  key: string;
  service: string | null;
  node: string | null;
}

/** Where an alert belongs, by its labels. */
export function placeOf(labels: Labels): AlertPlace {
  const service = labels.service || null;
  const node = labels.node || null;
  if (service) return { key: `service/${service}`, service, node };
  if (node) return { key: `node/${node}`, service, node };
  const journey = labels.burnline_slo;
  const rest = journey ? `slo/${journey}` : `alert/${labels.alertname ?? "unnamed"}`;
  return { key: rest, service, node };
}
