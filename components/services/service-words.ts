import type { ServiceHealth, ServiceKind, Tier } from "#lib/contracts/cluster.ts";
import type { MetricPresetName } from "#lib/domain/signals/presets.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { SERVICE_KINDS, TIERS } from "#lib/domain/catalogue/vocabulary.ts";

export const WORD_OF_TIER: Readonly<Record<Tier, string>> = {
  critical: "critical",
  essential: "essential",
  standard: "standard",
  best_effort: "best effort",
};

export const WORD_OF_KIND: Readonly<Record<ServiceKind, string>> = {
  api: "API",
  web: "web",
  batch: "batch",
  streaming: "streaming",
};

/** The tiers and kinds as choices of a form, in their own order. */
export const TIER_CHOICES = TIERS.map((value) => ({ value, label: WORD_OF_TIER[value] }));
export const KIND_CHOICES = SERVICE_KINDS.map((value) => ({ value, label: WORD_OF_KIND[value] }));

/** A list's title: "3 of 8 services are not healthy", with those that nothing is known of named apart. */
export function servicesInWords(services: readonly Pick<ServiceHealth, "status">[]): string {
  const unknown = services.filter(({ status }) => status === "no_data").length;
  const bad = services.filter(({ status }) => status !== "healthy" && status !== "no_data").length;
  const all = countOf(services.length, "service");
  if (bad === 0 && unknown === 0) return `${all}, all healthy`;
  const parts = [bad > 0 && `${bad} not healthy`, unknown > 0 && `${unknown} without data`];
  return [all, ...parts.filter(Boolean)].join(", ");
}

export const WORD_OF_PRESET: Readonly<Record<MetricPresetName, string>> = {
  prometheus: "Prometheus (http_requests_total)",
  opentelemetry: "OpenTelemetry",
  opentelemetry_legacy: "OpenTelemetry before 1.23, in milliseconds",
};
