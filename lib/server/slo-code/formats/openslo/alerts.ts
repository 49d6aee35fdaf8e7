import "server-only";
import { SHORT_WINDOWS_PER_LONG, type AlertTier } from "#lib/domain/slo/alerts/tiers.ts";
import type { SourceDocument } from "../../source/document.ts";
import { type ReadTier, tiersOf } from "../alert-tiers.ts";
import { readMinutes } from "../duration.ts";
import type { Library, Part } from "./library.ts";
import {
  type ConditionSpec,
  ConditionObject,
  PolicyObject,
  type PolicySpec,
  type SloObject,
} from "./shapes.ts";

const PAGES = /^(?:page|critical|crit|high|sev-?1|p-?1)$/i;
const TICKETS = /^(?:ticket|warning|warn|medium|low|sev-?[2-5]|p-?[2-5])$/i;

type Policies = NonNullable<SloObject["spec"]["alertPolicies"]>;

function readCondition({ value, document, path }: Part<ConditionSpec>, enabled: boolean): ReadTier | null {
  const { severity, condition } = value;
  const here = [...path, "condition"];
  const long = readMinutes(condition.lookbackWindow);
  if (long === null) {
    document.note("error", [...here, "lookbackWindow"], 'Must be a duration such as "1h".');
    return null;
  }
  if (!PAGES.test(severity) && !TICKETS.test(severity))
    document.note("warning", [...path, "severity"], "Neither a page nor a ticket; taken as a ticket.");
  if (condition.op === "lt" || condition.op === "lte")
    document.note("warning", [...here, "op"], "Alerts when the burn rate is above the threshold.");
  if ((readMinutes(condition.alertAfter ?? "0m") ?? 0) > 0)
    document.note(
      "warning",
      [...here, "alertAfter"],
      `Alerts at once when the window and its last twelfth (${long / SHORT_WINDOWS_PER_LONG} min) both burn.`,
    );
  const windowMinutes = [long, long / SHORT_WINDOWS_PER_LONG] as const;
  return {
    windowMinutes,
    factor: condition.threshold,
    action: PAGES.test(severity) ? "page" : "ticket",
    enabled,
  };
}

function readPolicy(library: Library, { value, document, path }: Part<PolicySpec>): ReadTier | null {
  if ((value.notificationTargets ?? []).length > 0)
    document.note("warning", [...path, "notificationTargets"], "Not taken over; set routes in Alertmanager.");
  const [inline] = value.conditions;
  const here = [...path, "conditions", 0];
  const enabled = value.alertWhenBreaching !== false;
  if (inline?.spec) return readCondition({ value: inline.spec, document, path: [...here, "spec"] }, enabled);
  if (inline?.conditionRef === undefined) {
    document.note("error", here, "Must have spec or conditionRef.");
    return null;
  }
  const from = { document, path: [...here, "conditionRef"] };
  const part = library.find(ConditionObject, "AlertCondition", inline.conditionRef, from);
  return part && readCondition(part, enabled);
}

/** The alert tiers of an SLO's policies; null, and noted, where one of them cannot be read. */
export function readPolicies(
  library: Library,
  document: SourceDocument,
  policies: Policies,
  windowDays: number,
): AlertTier[] | null {
  const tiers = policies.map((policy, at): ReadTier | null => {
    const path = ["spec", "alertPolicies", at];
    if (policy.spec) return readPolicy(library, { value: policy.spec, document, path: [...path, "spec"] });
    if (policy.alertPolicyRef === undefined) {
      document.note("error", path, "Must have spec or alertPolicyRef.");
      return null;
    }
    const from = { document, path: [...path, "alertPolicyRef"] };
    const part = library.find(PolicyObject, "AlertPolicy", policy.alertPolicyRef, from);
    return part && readPolicy(library, part);
  });
  const read = tiers.filter((tier) => tier !== null);
  return read.length === tiers.length ? tiersOf(read, windowDays) : null;
}
