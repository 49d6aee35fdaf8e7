/** An alert as a source tells it. */
export interface ToldAlert {
  fingerprint: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: "firing" | "pending" | "suppressed";
  startedAt: string;
}

/** An alert as a person reads it. */
export interface AlertState {
  fingerprint: string;
  name: string;
  state: ToldAlert["state"];
  severity: string;
  labels: Record<string, string>;
  summary: string;
  description: string;
  runbookUrl: string | null;
  startedAt: string;
  service: string | null;
  node: string | null;
}

const SEVERITIES = ["critical", "page", "error", "warning", "ticket", "info"];
const STATES: readonly ToldAlert["state"][] = ["firing", "suppressed", "pending"];

/**
 * Puts alerts of Alertmanager and of Prometheus' rules together: Alertmanager's word on an alert counts,
 * for it knows of silences. Alerts of severity "none" (Watchdog) fire while all is well; they stay, for they prove that alerts arrive.
 */
export function readAlerts(managed: readonly ToldAlert[], ruled: readonly ToldAlert[]): AlertState[] {
  const byFingerprint = new Map([...ruled, ...managed].map((alert) => [alert.fingerprint, alert]));
  const rank = (list: readonly string[], value: string) => {
    const index = list.indexOf(value);
    return index < 0 ? list.length : index;
  };
  return [...byFingerprint.values()]
    .map(toAlert)
    .sort(
      (a, b) =>
        rank(STATES, a.state) - rank(STATES, b.state) ||
        rank(SEVERITIES, a.severity) - rank(SEVERITIES, b.severity) ||
        (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0) ||
        (a.fingerprint < b.fingerprint ? -1 : 1),
    );
}

function toAlert({ fingerprint, labels, annotations, state, startedAt }: ToldAlert): AlertState {
  const name = labels.alertname ?? "unnamed alert";
  return {
    fingerprint,
    name,
    state,
    severity: labels.severity ?? "unknown",
    labels,
    summary: annotations.summary ?? annotations.message ?? name,
    description: annotations.description ?? "",
    runbookUrl: runbookOf(annotations.runbook_url ?? annotations.runbook),
    startedAt,
    service: labels.service ?? null,
    node: labels.node ?? null,
  };
}

/** A runbook as an alert names it: a web address or a path of the repository; anything else (`javascript:` for one) is no runbook. */
export function runbookOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  return /^(https?:\/\/\S+|[\w.-]+(\/[\w.-]+)*(#[\w-]+)?)$/.test(text) ? text : null;
}
