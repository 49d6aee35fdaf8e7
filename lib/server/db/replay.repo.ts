import "server-only";
import type { Outcome } from "#lib/contracts/releases.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import type { PastEvaluation, PastRelease } from "#lib/domain/gate/replay.ts";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import type { Transaction } from "./client.ts";

/** A recorded evaluation with where it stands in the log. */
export interface LoggedEvaluation extends PastEvaluation {
  seq: number;
  recordId: string;
  service: string;
}

/** Up to `take` evaluations before a number, newest first, without the proof of their figures. */
export async function findEvaluations(
  tx: Transaction,
  { services, beforeSeq, take }: { services: readonly string[] | null; beforeSeq: number; take: number },
): Promise<LoggedEvaluation[]> {
  const rows = await tx.$queryRaw<
    {
      seq: number;
      id: string;
      service: string;
      release_id: string | null;
      at: Date;
      facts: GateFacts;
      verdict: PastEvaluation["verdict"];
    }[]
  >`
    select seq, id, service, release_id, at, body->'facts' as facts, body->'verdict' as verdict
    from decision_records
    where kind = 'evaluation' and seq < ${beforeSeq}::int
      and (${services === null} or service = any(${[...(services ?? [])]}::text[]))
    order by seq desc limit ${take}::int`;
  return rows.map(({ id, release_id, at, ...row }) => ({
    ...row,
    recordId: id,
    releaseId: release_id,
    atMs: at.getTime(),
  }));
}

function endOf(state: string, outcomes: readonly Outcome[]): PastRelease["ended"] {
  if (state === "rolled_back" || outcomes.some(({ rolledBack, burned }) => rolledBack || burned === true))
    return "bad";
  return outcomes.some(({ burned }) => burned === false) ? "fine" : null;
}

/** How some releases went. */
export async function findPastReleases(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, PastRelease>> {
  const rows = await tx.release.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, state: true, deployStartedAt: true, outcome: true },
  });
  return new Map(
    rows.map(({ id, state, deployStartedAt, outcome }) => [
      id,
      {
        startedAtMs: deployStartedAt?.getTime() ?? null,
        // Written by the gate's own job alone.
        ended: endOf(state, (outcome ?? []) as unknown as Outcome[]),
      },
    ]),
  );
}

/** A release with the evaluations of it, newest first, and how it went. */
export interface DecidedRelease {
  id: string;
  service: string;
  version: string;
  requestedAt: Date;
  went: PastRelease;
  evaluations: { decision: Decision; atMs: number }[];
}

/** Releases asked for since an instant that were decided on, newest first. */
export async function findDecidedReleases(
  tx: Transaction,
  { services, since }: { services: readonly string[] | null; since: Date },
): Promise<DecidedRelease[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      service: string;
      version: string;
      requested_at: Date;
      state: string;
      deploy_started_at: Date | null;
      outcome: Outcome[] | null;
      decisions: Decision[];
      times: Date[];
    }[]
  >`
    select r.id, r.service, r.version, r.requested_at, r.state, r.deploy_started_at, r.outcome,
      array_agg(d.decision order by d.seq desc) as decisions, array_agg(d.at order by d.seq desc) as times
    from releases r join decision_records d on d.release_id = r.id and d.kind = 'evaluation'
    where r.requested_at >= ${since}::timestamptz
      and (${services === null} or r.service = any(${[...(services ?? [])]}::text[]))
    group by r.id order by r.requested_at desc, r.id desc`;
  return rows.map(({ requested_at, state, deploy_started_at, outcome, decisions, times, ...row }) => ({
    ...row,
    requestedAt: requested_at,
    went: { startedAtMs: deploy_started_at?.getTime() ?? null, ended: endOf(state, outcome ?? []) },
    evaluations: decisions.map((decision, nth) => ({ decision, atMs: times[nth]!.getTime() })),
  }));
}

/** In how many hours a service stood with these statuses, each once. */
export interface StatusHours {
  statuses: SloStatus[];
  hours: number;
}

/** The ledger's hours since an instant, by the statuses that a service's SLOs had in them. */
export function findStatusHours(
  tx: Transaction,
  { services, since }: { services: readonly string[] | null; since: Date },
): Promise<StatusHours[]> {
  return tx.$queryRaw<StatusHours[]>`
    with hour as (
      select v.definition->>'service' as service, date_trunc('hour', n.at) as at,
        array_agg(distinct n.status order by n.status) as statuses
      from slo_snapshots n join slo_versions v on v.slo_id = n.slo_id and v.version = n.version
      where n.at >= ${since} and n.previous_status is null and v.definition->>'service' is not null
        and (${services === null} or v.definition->>'service' = any(${[...(services ?? [])]}::text[]))
      group by 1, 2)
    select statuses, count(*)::int as hours from hour group by statuses`;
}
