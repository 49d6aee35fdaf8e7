import type { Pod } from "#lib/domain/nodes/pods.ts";
import { isFinished } from "#lib/domain/nodes/pods.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";
import { type RankedFinding, URGENCY } from "./finding.ts";

/** Three restarts a day are a pattern, one may be a rollout. */
const RESTARTS_A_DAY = 3;
const MOST_NAMES = 3;

function named(pods: readonly Pod[]): string {
  const names = pods.slice(0, MOST_NAMES).map(({ pod }) => pod);
  const more = pods.length - names.length;
  return listOf(more > 0 ? [...names, `${more} more`] : names);
}

function reasonsOf(pods: readonly Pod[]): string {
  const reasons = pods.map(
    ({ waitingReason, phase }) => waitingReason ?? (phase === "Running" ? null : phase),
  );
  return listOf([...new Set(reasons.filter((reason) => reason !== null))].sort());
}

/** One finding per namespace for pods that are not ready, and one for ready ones that keep restarting. */
export function podFindings(pods: readonly Pod[]): RankedFinding[] {
  const namespaces = Map.groupBy(pods, ({ namespace }) => namespace);
  return [...namespaces].flatMap(([namespace, own]) => [
    ...notReadyFinding(namespace, own),
    ...restartsFinding(namespace, own),
  ]);
}

function notReadyFinding(namespace: string, own: readonly Pod[]): RankedFinding[] {
  const down = own.filter((pod) => pod.ready === false && !isFinished(pod));
  if (down.length === 0) return [];
  const verb = down.length === 1 ? "is" : "are";
  const why = reasonsOf(down);
  const restarts = down.reduce((sum, pod) => sum + (pod.restartsLastDay ?? 0), 0);
  const counted = restarts > 0 ? `${countOf(restarts, "restart")} in the last day` : "";
  const details = [why, counted].filter(Boolean).join(", ");
  return [
    {
      id: `namespace/${namespace}/not-ready`,
      status: "warning",
      subject: { kind: "namespace", name: namespace },
      title: `${countOf(down.length, "pod")} in ${namespace} not ready`,
      reason: `${named(down)}${details ? `: ${details}` : ""}.`,
      nextStep: `Read the events and the log of ${down[0]!.pod}.`,
      urgency: URGENCY.pods + Math.min(9, down.length),
      clause: { text: `${countOf(down.length, "pod")} in ${namespace} ${verb} not ready`, tail: "" },
    },
  ];
}

function restartsFinding(namespace: string, own: readonly Pod[]): RankedFinding[] {
  const restarting = own
    .filter(({ ready, restartsLastDay }) => ready !== false && (restartsLastDay ?? 0) >= RESTARTS_A_DAY)
    .sort((a, b) => (b.restartsLastDay ?? 0) - (a.restartsLastDay ?? 0));
  const worst = restarting[0];
  if (!worst) return [];
  const total = restarting.reduce((sum, pod) => sum + (pod.restartsLastDay ?? 0), 0);
  return [
    {
      id: `namespace/${namespace}/restarts`,
      status: "attention",
      subject: { kind: "namespace", name: namespace },
      title: `${countOf(total, "restart")} in ${namespace} in the last day`,
      reason: `${named(restarting)}; ready now.`,
      nextStep: `Read the log of ${worst.pod} before its last restart.`,
      urgency: URGENCY.pods + Math.min(9, total / 10),
      clause: { text: `pods in ${namespace} keep restarting`, tail: "" },
    },
  ];
}
