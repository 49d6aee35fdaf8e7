import "server-only";
import { stringify } from "yaml";
import { alertmanagerConfig } from "#lib/domain/slo/rules/alertmanager.ts";
import type { RuleSource } from "#lib/domain/slo/rules/rule.ts";

/** A whole Alertmanager configuration for the alerts of these SLOs, its receivers to be filled in. */
export function alertmanagerYaml(sources: readonly RuleSource[]): string {
  const head =
    "# Routes and inhibitions for Burnline's SLO alerts; fill in the receivers, or take over what you need.\n";
  return head + stringify(alertmanagerConfig(sources), { aliasDuplicateObjects: false, lineWidth: 0 });
}
