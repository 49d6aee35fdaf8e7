import { labelList, neq, notMatches, selector } from "#lib/domain/promql/selector.ts";
import { BATCH_METRICS } from "#lib/domain/signals/batch-metrics.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import { METRIC_PRESET_NAMES, METRIC_PRESETS, type MetricPresetName } from "#lib/domain/signals/presets.ts";

/** The label that says which kind of source a sighting comes from. */
export const SIGHTING_LABEL = "seen_in";
const NAMESPACE_LABELS = ["namespace", "k8s_namespace_name"] as const;
const SYSTEM_NAMESPACES = notMatches("kube-system|kube-public|kube-node-lease");
/** Ten minutes of patience, so that a cluster that has just begun to be scraped is not misread. */
const SETTLED = "offset 10m";

const withService = (preset: MetricPresetName): string => {
  const { requests, serviceLabel } = METRIC_PRESETS[preset];
  return selector(requests, { [serviceLabel]: neq("") });
};

/** Services that report requests under a preset's names. */
export function requestSightings(preset: MetricPresetName): string {
  const { serviceLabel, nodeLabel } = METRIC_PRESETS[preset];
  return `group by ${labelList(serviceLabel, nodeLabel, ...NAMESPACE_LABELS)} (${withService(preset)})`;
}

/** Services that say who they are, in build information or batch metrics. */
export function declaredSightings(): string {
  const named = { service: neq("") };
  const place = ["service", "namespace", "node"];
  const facts = labelList(...place, "tier", "team", "kind", "dependencies");
  const runs = `${selector(BATCH_METRICS.runs, named)} or ${selector(BATCH_METRICS.lastSuccess, named)}`;
  return labelledUnion(SIGHTING_LABEL, {
    build: `group by ${facts} (${selector("build_info", named)})`,
    batch: `group by ${labelList(...place)} (${runs})`,
  });
}

/**
 * For clusters where nothing above was seen within a day: Kubernetes workloads outside the system's
 * namespaces, and the scrape jobs. Both must have been there for ten minutes.
 */
export function undeclaredSightings(): string {
  const outside = { namespace: SYSTEM_NAMESPACES };
  const workloads = (metric: string, label: string) => {
    const series = selector(metric, outside);
    const by = `group by ${labelList("namespace", label)}`;
    return `label_replace(${by} (${series} and ${series} ${SETTLED}), "workload", "$1", "${label}", "(.+)")`;
  };
  const declared = [
    ...METRIC_PRESET_NAMES.map((preset) => withService(preset)),
    selector("build_info", { service: neq("") }),
    selector(BATCH_METRICS.lastSuccess, { service: neq("") }),
  ];
  const seen = declared.map((series) => `group(last_over_time(${series}[1d]))`).join(" or ");
  const sightings = labelledUnion(SIGHTING_LABEL, {
    deployment: workloads("kube_deployment_spec_replicas", "deployment"),
    statefulset: workloads("kube_statefulset_replicas", "statefulset"),
    daemonset: workloads("kube_daemonset_status_desired_number_scheduled", "daemonset"),
    job: `group by ${labelList("job")} (up and up ${SETTLED})`,
  });
  return `(${sightings}) unless on () (${seen})`;
}
