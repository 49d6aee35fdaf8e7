import type { SourceEntry, SourceTest } from "#lib/contracts/access.ts";
import { sourceSettingNames } from "#lib/domain/sources/source-settings.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { formatFigure } from "#lib/format/figure.ts";

const SLOW_MS = 1_000;

export const KIND_NAMES: Record<SourceEntry["kind"], string> = {
  prometheus: "Prometheus",
  loki: "Loki",
  alertmanager: "Alertmanager",
};

const AUTH_WORDS: Record<SourceEntry["auth"], string> = {
  none: "none",
  bearer: "a bearer token",
  basic: "user and password",
};

/** The lamp of a source and the words beside it; `answer` undefined: not asked yet. */
export function lampOf(answer: SourceTest | undefined): { status: Status; words: string } {
  if (!answer) return { status: "no_data", words: "not asked yet" };
  const time = formatFigure(answer.latencyMs / 1000, "seconds");
  if (!answer.ok) return { status: "critical", words: `failed after ${time}` };
  if (answer.latencyMs > SLOW_MS) return { status: "warning", words: `slow, answered in ${time}` };
  return { status: "healthy", words: `answered in ${time}` };
}

/** How a source is configured, each line with the settings it comes from. */
export function configuration(source: SourceEntry): { label: string; value: string; setting: string }[] {
  const names = sourceSettingNames(source.kind, source.name);
  return [
    { label: "Address", value: source.url, setting: names.url },
    { label: "Credentials", value: AUTH_WORDS[source.auth], setting: names.credentials },
    { label: "Tenant", value: source.tenant ?? "none", setting: names.tenant },
    { label: "Own CA", value: source.ownCa ? "yes" : "no", setting: names.ca },
  ];
}

/** The kinds that no source is of, with the setting that would make one. */
export function missingKinds(sources: readonly SourceEntry[]): { name: string; setting: string }[] {
  const kinds = Object.keys(KIND_NAMES) as SourceEntry["kind"][];
  return kinds
    .filter((kind) => sources.every((source) => source.kind !== kind))
    .map((kind) => ({ name: KIND_NAMES[kind], setting: sourceSettingNames(kind, "default").url }));
}
