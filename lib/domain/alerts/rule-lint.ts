import { actionOf } from "./alert-place.ts";

/** What may be wrong with an alert rule. */
export const LINTS = ["no_runbook", "cause_not_symptom", "never_fired", "nobody_acts"] as const;
export type Lint = (typeof LINTS)[number];

/** An alert rule with what is known of its last 30 days. */
export interface LintedRule {
  name: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Burnline has a runbook for it, whatever its annotations say. */
  hasRunbook: boolean;
  /** The names of the metrics that its expression reads. */
  metrics: readonly string[];
  /** Whether it fired; null when that is not known. */
  fired: boolean | null;
  /** Its incidents that are over, and how many of them somebody acknowledged. */
  incidents: { over: number; acknowledged: number };
}

export interface LintFinding {
  lint: Lint;
  why: string;
}

/** Metrics of machines, pods and processes: what may be the cause of trouble, not what users get. */
const CAUSES = /^(?:(?:node|container|kube|kubelet|process|machine|go|jvm)_|up$)/;
/** Fires always, as proof that alerts arrive. */
const WATCHDOG = "Watchdog";
/** So many incidents that nobody came to are no accident. */
const IGNORED = 3;

function namesRunbook({ runbook_url: address, runbook }: LintedRule["annotations"]): boolean {
  return [address, runbook].some((text) => text !== undefined && text.trim() !== "");
}

/**
 * What is wrong with an alert rule. A rule is taken to tell of a cause where it pages and every metric that it reads is
 * of machines, pods or processes: somebody is woken though no user may notice; a ticket for it is fine.
 */
export function lintRule(rule: LintedRule): LintFinding[] {
  if (rule.name === WATCHDOG) return [];
  const { annotations, labels, hasRunbook, metrics, fired, incidents } = rule;
  const findings: LintFinding[] = [];
  if (!hasRunbook && !namesRunbook(annotations))
    findings.push({ lint: "no_runbook", why: "nobody is told what to do when it fires" });
  if (actionOf(labels) === "page" && metrics.length > 0 && metrics.every((metric) => CAUSES.test(metric)))
    findings.push({
      lint: "cause_not_symptom",
      why: `it pages on ${[...new Set(metrics)].sort().join(", ")} alone, which users do not see`,
    });
  if (fired === false)
    findings.push({ lint: "never_fired", why: "it has not fired in 30 days: is its threshold right?" });
  if (incidents.over >= IGNORED && incidents.acknowledged === 0)
    findings.push({
      lint: "nobody_acts",
      why: `none of its ${incidents.over} incidents of 30 days was acknowledged before it ended`,
    });
  return findings;
}
