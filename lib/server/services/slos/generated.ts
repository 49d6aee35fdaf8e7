import "server-only";
import { GeneratedSlos } from "#lib/contracts/slo-rules.ts";
import { sloDashboard } from "#lib/domain/slo/rules/grafana/slo-dashboard.ts";
import { summaryDashboard } from "#lib/domain/slo/rules/grafana/summary-dashboard.ts";
import type { RuleSource } from "#lib/domain/slo/rules/rule.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { alertmanagerYaml } from "#lib/server/rules/alertmanager-yaml.ts";
import { type CurrentRules, currentRules } from "#lib/server/rules/current-rules.ts";
import { rulesYaml } from "#lib/server/rules/rules-yaml.ts";
import { sloFilter } from "./visibility.ts";

const TYPES = {
  "rules.yml": "application/yaml; charset=utf-8",
  "alertmanager.yml": "application/yaml; charset=utf-8",
  "dashboard.json": "application/json; charset=utf-8",
} as const;

function write({ file, id }: GeneratedSlos, visible: readonly RuleSource[], current: CurrentRules): string {
  switch (file) {
    case "rules.yml": {
      const ids = new Set(visible.map((source) => source.id));
      return rulesYaml(current.rules.filter((one) => ids.has(one.id)));
    }
    case "alertmanager.yml":
      return alertmanagerYaml(visible);
    case "dashboard.json": {
      const [only] = visible;
      const shown =
        id === undefined || !only
          ? summaryDashboard()
          : sloDashboard(only, current.sources, settings().publicUrl);
      return `${JSON.stringify(shown, null, 2)}\n`;
    }
  }
}

/**
 * Rules, Alertmanager configuration or Grafana dashboard of the SLOs in force that the actor may see, or of one of them,
 * as a file for those who deliver them otherwise.
 * @throws `not_found` for an id that is not in force, in the same words for what is out of sight
 */
export async function writeGenerated(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "slos:read");
  const wanted = parseInput(GeneratedSlos, input);
  const current = await currentRules(Date.now());
  const isVisible = await sloFilter(actor);
  const visible = current.sources.filter(
    ({ id, definition }) => isVisible(definition) && (wanted.id === undefined || id === wanted.id),
  );
  if (wanted.id !== undefined && visible.length === 0) {
    throw new AppError("not_found", `there is no SLO in force with the id ${JSON.stringify(wanted.id)}`);
  }
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", TYPES[wanted.file]);
  headers.set("content-disposition", `attachment; filename="burnline-slos-${wanted.file}"`);
  return new Response(write(wanted, visible, current), { headers });
}
