import type { SeriesPanelName } from "#components/charts/series-panel.tsx";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";

/** What a chart or log lines can be taken of. */
export interface Subject {
  kind: "service" | "node";
  name: string;
}

/** The panels that a chart can be taken from, by what they are of. */
export const CHART_CHOICES: Record<Subject["kind"], readonly { value: SeriesPanelName; label: string }[]> = {
  service: [
    { value: "service.errors", label: "Errors" },
    { value: "service.latency", label: "Latency" },
    { value: "service.traffic", label: "Traffic" },
    { value: "service.saturation", label: "Saturation" },
  ],
  node: [
    { value: "node.cpu", label: "CPU" },
    { value: "node.memory", label: "Memory" },
    { value: "node.load", label: "Load" },
    { value: "node.filesystems", label: "Filesystems" },
    { value: "node.disk-io", label: "Disk I/O" },
    { value: "node.network", label: "Network" },
  ],
};

/** The services and nodes to choose from: those of the incident and its alerts first, then all others. */
export function subjectsOf(
  incident: Pick<IncidentDetail, "service" | "node" | "alerts">,
  services: readonly string[],
  nodes: readonly string[],
): Subject[] {
  const of = (kind: Subject["kind"], names: readonly (string | null | undefined)[]) =>
    names.flatMap((name) => (name ? [{ kind, name }] : []));
  const all = [
    ...of("service", [incident.service]),
    ...of("node", [incident.node]),
    ...incident.alerts.flatMap(({ labels }) => [
      ...of("service", [labels.service]),
      ...of("node", [labels.node]),
    ]),
    ...of("service", services),
    ...of("node", nodes),
  ];
  return [...new Map(all.map((subject) => [subjectKey(subject), subject])).values()];
}

/** A subject as one word, for lists and choices. */
export function subjectKey({ kind, name }: Subject): string {
  return `${kind} ${name}`;
}
