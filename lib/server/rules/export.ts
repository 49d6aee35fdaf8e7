import "server-only";
import { generateRules } from "#lib/domain/slo/rules/generate.ts";
import { sloDashboard } from "#lib/domain/slo/rules/grafana/slo-dashboard.ts";
import { summaryDashboard } from "#lib/domain/slo/rules/grafana/summary-dashboard.ts";
import type { RuleOptions, RuleSource } from "#lib/domain/slo/rules/rule.ts";
import { rulesYaml } from "./rules-yaml.ts";

/**
 * The rule file of some SLOs, or of all.
 * @param sources all definitions in force: a journey's rules need those of its steps
 * @param ids the SLOs to write; left out: all
 */
export function exportPrometheus(
  sources: readonly RuleSource[],
  options: RuleOptions,
  ids?: ReadonlySet<string>,
): string {
  return rulesYaml(generateRules(sources, options).filter(({ id }) => ids === undefined || ids.has(id)));
}

/** The Grafana dashboard of one SLO, or without an id the summary of all, as JSON to import; null for an unknown id. */
export function exportGrafana(
  sources: readonly RuleSource[],
  consoleUrl: string | null,
  id?: string,
): string | null {
  if (id === undefined) return JSON.stringify(summaryDashboard(), null, 2);
  const source = sources.find((one) => one.id === id);
  return source ? JSON.stringify(sloDashboard(source, sources, consoleUrl), null, 2) : null;
}
