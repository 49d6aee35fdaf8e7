import type { Sample } from "#lib/domain/signals/sample.ts";

export interface NodeCondition {
  type: string;
  status: "true" | "false" | "unknown";
  bad: boolean;
}

const STATES = ["true", "false", "unknown"] as const;

/** A node's conditions as Kubernetes reports them: Ready must be true, every other one must not be. */
export function readConditions(identities: readonly Sample[]): NodeCondition[] {
  return identities
    .filter(({ labels }) => labels.figure === "condition" && labels.condition)
    .map(({ labels }) => {
      const type = labels.condition ?? "";
      const status = STATES.find((state) => state === labels.status) ?? "unknown";
      return { type, status, bad: type === "Ready" ? status !== "true" : status === "true" };
    })
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}

/**
 * Whether a node answers: its exporter's `up`, else the condition Ready, else null since nothing
 * reports on it.
 */
export function readUp(identities: readonly Sample[], conditions: readonly NodeCondition[]): boolean | null {
  const targets = new Set(
    identities
      .filter(({ labels }) => labels.figure === "exporter")
      .map(({ labels }) => `${labels.job}/${labels.instance}`),
  );
  const scrapes = identities.filter(
    ({ labels, value }) =>
      labels.figure === "up" && value !== null && targets.has(`${labels.job}/${labels.instance}`),
  );
  if (scrapes.length > 0) return scrapes.some(({ value }) => value === 1);
  const ready = conditions.find(({ type }) => type === "Ready");
  return ready ? !ready.bad : null;
}
