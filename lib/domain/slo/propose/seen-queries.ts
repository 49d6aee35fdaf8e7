import { labelList, neq, oneOf, selector } from "#lib/domain/promql/selector.ts";
import { BATCH_METRICS } from "#lib/domain/signals/batch-metrics.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import type { Sample } from "#lib/domain/signals/sample.ts";
import type { ServiceGroup } from "#lib/domain/signals/service-groups.ts";
import type { SeenMetrics } from "./service-candidates.ts";

/** Tells what was seen apart in one answer. */
const SEEN_LABEL = "seen";

/** Which of a group's services count requests, and the bounds of their histograms. */
export function requestsSeen({ names, only }: ServiceGroup): string {
  const { serviceLabel } = names;
  const members = { [serviceLabel]: only === null ? neq("") : oneOf(only) };
  return labelledUnion(SEEN_LABEL, {
    requests: `group by ${labelList(serviceLabel)} (${selector(names.requests, members)})`,
    bounds: `group by ${labelList(serviceLabel, "le")} (${selector(`${names.duration}_bucket`, members)})`,
  });
}

/** Which services report runs and records, and how many seconds lie between two successes of the last 30 days. */
export function pipelinesSeen(): string {
  const named = { service: neq("") };
  const success = `${selector(BATCH_METRICS.lastSuccess, named)}[30d]`;
  const apart = `(max_over_time(${success}) - min_over_time(${success})) / (changes(${success}) > 0)`;
  const both = `${selector(BATCH_METRICS.recordsExpected, named)} and on (service) ${selector(BATCH_METRICS.recordsProcessed, named)}`;
  return labelledUnion(SEEN_LABEL, {
    successes: `max by (service) (${apart})`,
    records: `group by (service) (${both})`,
  });
}

const NOTHING: SeenMetrics = { requests: false, bounds: [], secondsBetweenSuccesses: null, records: false };

/** What the answers of {@link requestsSeen} (one per group of metric names) and {@link pipelinesSeen} say, by service. */
export function readSeen(
  requests: readonly { group: ServiceGroup; samples: readonly Sample[] }[],
  pipelines: readonly Sample[],
): Map<string, SeenMetrics> {
  const found = new Map<string, SeenMetrics>();
  const note = (service: string | undefined, seen: Partial<SeenMetrics>) => {
    if (service) found.set(service, { ...NOTHING, ...found.get(service), ...seen });
  };
  for (const { group, samples } of requests) {
    for (const { labels } of samples) {
      const service = labels[group.names.serviceLabel];
      if (service === undefined || !group.services.includes(service)) continue;
      if (labels[SEEN_LABEL] === "requests") note(service, { requests: true });
      else note(service, { bounds: [...(found.get(service)?.bounds ?? []), labels.le ?? ""] });
    }
  }
  for (const { labels, value } of pipelines) {
    if (labels[SEEN_LABEL] === "records") note(labels.service, { records: true });
    else note(labels.service, { secondsBetweenSuccesses: value });
  }
  return found;
}
