import type { NamespacePods } from "#lib/contracts/cluster.ts";

/** Phases in which a pod does what it should: running, or finished well. */
const FINE = new Set(["running", "succeeded"]);

/** How many pods are in a phase that is neither running nor finished well. */
export function notRunning(phases: NamespacePods["phases"]): number {
  return Object.entries(phases)
    .filter(([phase]) => !FINE.has(phase.toLowerCase()))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Namespaces with the most pods that are not ready first, then by name. */
export function sortNamespaces(namespaces: readonly NamespacePods[]): NamespacePods[] {
  const missing = (row: NamespacePods) => row.total - row.ready;
  return [...namespaces].sort((a, b) => missing(b) - missing(a) || a.namespace.localeCompare(b.namespace));
}

/** Why a pod is not ready: its reason, else its phase; a pod that runs is just not ready. */
export function whyNotReady({ phase, reason }: NamespacePods["notReady"][number]): string {
  return reason ?? (phase.toLowerCase() === "running" ? "runs, but is not ready" : phase);
}

/** The panel's title: "64 of 65 pods ready". */
export function podsInWords(namespaces: readonly NamespacePods[]): string {
  const ready = namespaces.reduce((sum, row) => sum + row.ready, 0);
  const total = namespaces.reduce((sum, row) => sum + row.total, 0);
  return `${ready} of ${total} pods ready`;
}
