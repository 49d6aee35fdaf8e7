import "server-only";
import { AlertRuleDefinition } from "#lib/contracts/alert-rules.ts";
import { storable } from "#lib/domain/audit/canonical-json.ts";
import type { Transaction } from "./client.ts";
import type { AlertRuleVersion } from "./generated/client.ts";

/** What a rule said from an instant on; null where it was deleted. */
export interface RuleVersionRecord extends Omit<AlertRuleVersion, "definition"> {
  definition: AlertRuleDefinition | null;
}

const toRecord = ({ definition, ...row }: AlertRuleVersion): RuleVersionRecord => ({
  ...row,
  definition: definition === null ? null : AlertRuleDefinition.parse(definition),
});

/** Any fixed number: one change of a rule after the other. */
const RULES_LOCK = 727_505;

/** Has rules changed by one at a time. */
export async function lockRules(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${RULES_LOCK}::bigint)`;
}

/** All versions of a rule, the newest first. */
export async function findRuleVersions(tx: Transaction, name: string): Promise<RuleVersionRecord[]> {
  const rows = await tx.alertRuleVersion.findMany({ where: { name }, orderBy: { version: "desc" } });
  return rows.map(toRecord);
}

/** The newest version of every rule that is not deleted, by name. */
export async function findRulesInForce(
  tx: Transaction,
): Promise<(RuleVersionRecord & { definition: AlertRuleDefinition })[]> {
  const rows = await tx.alertRuleVersion.findMany({
    distinct: ["name"],
    orderBy: [{ name: "asc" }, { version: "desc" }],
  });
  return rows
    .map(toRecord)
    .flatMap((row) => (row.definition ? [{ ...row, definition: row.definition }] : []));
}

/** Appends a version; `definition` null deletes the rule. */
export async function appendRuleVersion(
  tx: Transaction,
  version: { name: string; version: number; definition: AlertRuleDefinition | null; actorId: string },
): Promise<void> {
  const { definition, ...row } = version;
  await tx.alertRuleVersion.create({ data: definition === null ? row : { ...row, definition } });
}

/** Of the incidents of a rule's alerts: how many are over, and how many were acknowledged. */
export interface RuleIncidents {
  over: number;
  acknowledged: number;
}

/** The incidents since an instant of the alerts that carry all of some labels, for each of them in their order. */
export async function countIncidentsOfAlerts(
  tx: Transaction,
  labelSets: readonly Readonly<Record<string, string>>[],
  since: Date,
): Promise<RuleIncidents[]> {
  const sets = JSON.stringify(storable(labelSets.map((labels, nth) => ({ nth, labels }))));
  const rows = await tx.$queryRaw<(RuleIncidents & { nth: number })[]>`
    select s.nth,
      (count(distinct i.id) filter (where i.resolved_at is not null))::int as over,
      (count(distinct i.id) filter (where i.acknowledged_at is not null))::int as acknowledged
    from jsonb_to_recordset(${sets}::jsonb) as s(nth int, labels jsonb)
    join alert_occurrences o on o.labels->>'alertname' = s.labels->>'alertname' and o.labels @> s.labels
    join incidents i on i.id = o.incident_id
    where i.detected_at >= ${since}::timestamptz
    group by s.nth`;
  const byNth = new Map(rows.map(({ nth, ...counts }) => [nth, counts]));
  return labelSets.map((_, nth) => byNth.get(nth) ?? { over: 0, acknowledged: 0 });
}
