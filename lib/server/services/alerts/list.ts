import "server-only";
import { type Alert, type AlertList, ListAlerts } from "#lib/contracts/alerts.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { ALERT_STATES } from "#lib/domain/alerts/alert-states.ts";
import { labelFilter, readMatchers } from "#lib/domain/alerts/label-filter.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureAlertStates } from "./measure-alert-states.ts";

/** In a storm nobody reads more than these at once; the counts are of all. */
const SHOWN = 100;
const SHOWN_GROUPS = 100;
const WATCHDOG = "Watchdog";

type Test = (alert: Alert) => boolean;

function refuse(message: string): AppError {
  return new AppError("invalid", `match: ${message}`, { fields: [{ path: "match", message }] });
}

function matching(text: string | undefined): Test {
  if (text === undefined) return () => true;
  const written = readMatchers(text);
  if ("problem" in written) throw refuse(written.problem);
  const filter = labelFilter(written.matchers);
  if ("problem" in filter) throw refuse(filter.problem);
  return ({ labels }) => filter.test(labels);
}

function wanted({ q, service, node, match }: ListAlerts): Test {
  const words = q?.toLowerCase();
  const text = ({ name, summary, labels }: Alert) => [name, summary, ...Object.values(labels)].join(" ");
  const matches = matching(match);
  return (alert) =>
    (words === undefined || text(alert).toLowerCase().includes(words)) &&
    (service === undefined || alert.service === service) &&
    (node === undefined || alert.node === node) &&
    matches(alert);
}

function groupsOf(alerts: readonly Alert[], label: string | undefined): AlertList["groups"] {
  if (label === undefined) return [];
  const valueOf = ({ labels }: Alert) => (Object.hasOwn(labels, label) ? (labels[label] ?? "") : "");
  return [...Map.groupBy(alerts, valueOf)]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

/**
 * Alerts that match, those that want somebody first. With a source down what is known stays and the answer is stale.
 * @throws `invalid` for matchers that cannot be read
 */
export async function listAlerts(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<AlertList>> {
  authorize(actor, "alerts:read");
  const filter = parseInput(ListAlerts, input);
  const test = wanted(filter);
  return mapMeasured(await measureAlertStates({ actor, signal }), (all) => {
    const found = all.filter(test);
    const ofStatus = found.filter(({ state }) => filter.status === undefined || state === filter.status);
    const groups = groupsOf(ofStatus, filter.groupBy);
    const shown = filter.limit ?? SHOWN;
    const counted = ALERT_STATES.map((state) => [state, found.filter((one) => one.state === state).length]);
    return {
      alerts: ofStatus.slice(0, shown),
      counts: Object.fromEntries(counted) as AlertList["counts"],
      more: Math.max(0, ofStatus.length - shown),
      groups: groups.slice(0, SHOWN_GROUPS),
      moreGroups: Math.max(0, groups.length - SHOWN_GROUPS),
      watchdog: all.some(({ name, lastSeenAt }) => name === WATCHDOG && lastSeenAt === null),
    };
  });
}
