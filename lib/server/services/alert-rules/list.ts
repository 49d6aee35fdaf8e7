import "server-only";
import { type AlertRule, ListRules } from "#lib/contracts/alert-rules.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { answersFor, fixedLabels, tellingLabels } from "#lib/domain/alerts/rule-identity.ts";
import { lintRule } from "#lib/domain/alerts/rule-lint.ts";
import { labelList } from "#lib/domain/promql/selector.ts";
import { runbookOf } from "#lib/domain/findings/firing-alerts.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";
import { countIncidentsOfAlerts, type RuleIncidents } from "#lib/server/db/alert-rule.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { metricsRead } from "#lib/server/query/prometheus/metrics-read.ts";
import { alertingRules, type SourceRule } from "#lib/server/query/prometheus/rules.ts";
import { findSource, sourcesOf } from "#lib/server/query/sources.ts";
import type { InstantSample, QueryContext } from "#lib/server/query/types.ts";
import { sourceGuard } from "#lib/server/query/upstream-guard.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { alertsWithRunbook } from "#lib/server/services/runbooks/read.ts";
import { ALERT_GROUP } from "./rule-file.ts";

const LOOK_BACK_MS = 30 * 86_400_000;
/** How often alerts of each name fired, told apart by `labels` as well. */
const fired = (labels: readonly string[]) =>
  `sum by ${labelList("alertname", ...labels)} (count_over_time(ALERTS{alertstate="firing"}[30d]))`;
/** Whether a rule fired within 30 days changes slowly, and is dear to ask. */
const FIRED_FRESH_MS = 300_000;

async function askRules(source: string, signal: AbortSignal): Promise<Measured<SourceRule[]>> {
  const found = findSource("prometheus", source);
  const data = await sourceGuard(found)(
    (guarded) => alertingRules({ source: found, signal: guarded, limits: QUERY_LIMITS }),
    signal,
  );
  return { data, asOf: new Date().toISOString(), stale: false, partial: false, warnings: [] };
}

interface Known {
  fired: readonly InstantSample[] | null;
  incidents: RuleIncidents;
  /** The names of the alerts that have a runbook here. */
  runbooks: ReadonlySet<string>;
}

function toRule(source: string, rule: SourceRule, { fired, incidents, runbooks }: Known): AlertRule {
  const { name, query, duration, labels, annotations, lastError, lastEvaluation } = rule;
  const hasFired = fired && fired.some((sample) => answersFor(rule, sample.labels));
  return {
    source,
    group: rule.group,
    name,
    expr: query,
    forSeconds: duration,
    labels,
    annotations,
    state: rule.state,
    health: rule.health,
    lastError: lastError === "" ? null : lastError,
    lastEvaluation,
    alerts: rule.alerts,
    runbookUrl: runbookOf(annotations.runbook_url ?? annotations.runbook),
    own: rule.group === ALERT_GROUP,
    findings: lintRule({
      name,
      labels,
      annotations,
      hasRunbook: runbooks.has(name),
      metrics: metricsRead(query),
      fired: hasFired,
      incidents,
    }),
  };
}

async function rulesOf(context: QueryContext, source: string) {
  // Without its rules there is nothing to show of a source, whatever else it says.
  const rules = await askRules(source, context.signal);
  const query = { expr: fired(tellingLabels(rules.data)), source, maxAgeMs: FIRED_FRESH_MS };
  const since = new Date(Date.now() - LOOK_BACK_MS);
  const { incidents, runbooks } = await read(async (tx) => ({
    incidents: await countIncidentsOfAlerts(tx, rules.data.map(fixedLabels), since),
    runbooks: await alertsWithRunbook(tx),
  }));
  const answer = await gather({
    rules: { what: `rules of "${source}"`, read: Promise.resolve(rules) },
    fired: {
      what: `what fired by the rules of "${source}"`,
      read: queryPlane().instant(context, query),
      slow: true,
    },
  });
  return mapMeasured(answer, (data) =>
    rules.data.map((rule, nth) =>
      toRule(source, rule, { fired: data.fired, incidents: incidents[nth]!, runbooks }),
    ),
  );
}

const RANK = { firing: 0, pending: 1, unknown: 2, inactive: 3 } as const;

function byState(a: AlertRule, b: AlertRule): number {
  const broken = Number(b.health === "err") - Number(a.health === "err");
  return broken || RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name);
}

/**
 * The alert rules of all sources with their state and what may be wrong with them: broken ones on top, then those that fire.
 * @throws `forbidden` for whoever is confined
 */
export async function listRules(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<{ rules: AlertRule[] }>> {
  authorize(actor, "alerts:read");
  parseInput(ListRules, input);
  requireUnconfined(actor, "alert rules are read and written");
  const parts = sourcesOf("prometheus").map(({ name }) => [
    name,
    { what: `rules of "${name}"`, read: rulesOf({ actor, signal }, name) },
  ]);
  const answer = await gather(
    Object.fromEntries(parts) as Record<string, { what: string; read: Promise<Measured<AlertRule[]>> }>,
  );
  return mapMeasured(answer, (all) => ({
    rules: Object.values(all)
      .flatMap((one) => one ?? [])
      .sort(byState),
  }));
}
