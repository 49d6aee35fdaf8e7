import { eq, labelList, neq, selector } from "#lib/domain/promql/selector.ts";
import { type Sample, samplesBy } from "./sample.ts";

/** Name of the metric that carries a service's version; its value is 1. */
const BUILD_INFO = "build_info";
/** What exporters call the commit they were built from. */
const COMMIT_LABELS = ["commit", "revision"] as const;
const COMMIT = /^[0-9a-f]{7,64}$/i;

/** Pods per service and version, of one service or of all. */
export function runningVersions(service: string | null): string {
  const series = selector(BUILD_INFO, {
    service: service === null ? neq("") : eq(service),
    version: neq(""),
  });
  return `count by ${labelList("service", "version")} (${series})`;
}

/** The version most pods of each service run; the later name wins a tie. */
export function readVersions(samples: readonly Sample[]): Map<string, string> {
  const services = samplesBy(samples, ({ service }) => service);
  const versionOf = (own: readonly Sample[]) =>
    [...own].sort(
      (a, b) =>
        (b.value ?? 0) - (a.value ?? 0) || ((a.labels.version ?? "") > (b.labels.version ?? "") ? -1 : 1),
    )[0]?.labels.version ?? "";
  return new Map([...services].map(([service, own]) => [service, versionOf(own)]));
}

export interface VersionChange {
  service: string;
  version: string;
  previous: string | null;
  atMs: number;
}

interface VersionSeries {
  labels: Sample["labels"];
  values: readonly (number | null)[];
}

/**
 * Deploys in a range answer of {@link runningVersions}, newest first: a version that was not there at
 * the step before. What already ran when the range begins is no deploy, nor is the end of a gap.
 */
export function readDeploys(data: {
  startSeconds: number;
  stepSeconds: number;
  series: readonly VersionSeries[];
}): VersionChange[] {
  const services = [...new Set(data.series.map(({ labels }) => labels.service ?? ""))];
  return services
    .flatMap((service) =>
      changesOf(
        data.series.filter(({ labels }) => labels.service === service),
        (index) => (data.startSeconds + index * data.stepSeconds) * 1000,
      ).map((change) => ({ service, ...change })),
    )
    .sort((a, b) => b.atMs - a.atMs || (a.service < b.service ? -1 : 1));
}

/** The versions that each service runs at the last step of such an answer that knows any. */
export function versionsAtEnd(series: readonly VersionSeries[]): Map<string, Set<string>> {
  const running = new Map<string, { at: number; versions: Set<string> }>();
  for (const { labels, values } of series) {
    const [service, version] = [labels.service ?? "", labels.version ?? ""];
    const at = values.findLastIndex((value) => value !== null);
    const known = running.get(service);
    if (at < 0 || (known && known.at > at)) continue;
    if (known?.at === at) known.versions.add(version);
    else running.set(service, { at, versions: new Set([version]) });
  }
  return new Map([...running].map(([service, { versions }]) => [service, versions]));
}

/** The commits that a version of a service was built from, where its pods say so. */
export function commitsOf(service: string, version: string): string {
  const series = selector(BUILD_INFO, { service: eq(service), version: eq(version) });
  return `group by ${labelList(...COMMIT_LABELS)} (${series})`;
}

/** The commits in an answer of {@link commitsOf}. */
export function readCommits(samples: readonly Pick<Sample, "labels">[]): string[] {
  const commits = samples.flatMap(({ labels }) => COMMIT_LABELS.map((name) => labels[name] ?? ""));
  return [...new Set(commits.filter((commit) => COMMIT.test(commit)).map((commit) => commit.toLowerCase()))];
}

function changesOf(
  series: readonly VersionSeries[],
  atMs: (index: number) => number,
): Omit<VersionChange, "service">[] {
  const changes: Omit<VersionChange, "service">[] = [];
  const points = Math.max(0, ...series.map(({ values }) => values.length));
  let running = new Set<string>();
  for (let index = 0; index < points; index += 1) {
    const now = series
      .filter(({ values }) => values[index] != null)
      .map(({ labels }) => labels.version ?? "");
    if (now.length === 0) continue;
    for (const version of now) {
      if (running.size === 0 || running.has(version)) continue;
      changes.push({ version, previous: [...running].at(-1) ?? null, atMs: atMs(index) });
    }
    running = new Set(now);
  }
  return changes;
}
