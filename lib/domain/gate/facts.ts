import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import type { Level } from "#lib/domain/status/status.ts";
import { DATA_MAX_AGE_MS, type Lane } from "./policy.ts";
import type { Risk, RiskInputs } from "./risk.ts";

/** One objective of one group of an SLO, as the ledger's last evaluation has it. */
export interface SloFact {
  sloId: string;
  key: string;
  version: number;
  objective: number;
  /** The group's labels as JSON; "{}" where nothing is split. */
  group: string;
  status: SloStatus;
  evaluatedAtMs: number;
  newestSampleMs: number | null;
  budgetRemainingRatio: number | null;
  budgetRemainingMinutes: number | null;
  burnRate6h: number | null;
}

/** A claim that a release belongs to a lane, and whether it was proven. */
export interface LaneClaim {
  lane: Lane;
  /** What was said for it: an advisory, an incident, a version. */
  evidence: string;
  /** Why the claim does not hold; null when it does. */
  refusedBecause: string | null;
}

/** More budget than there is, agreed to by its product owner. */
export interface SpendingApproval {
  id: string;
  amountRatio: number;
  approvedBy: string;
  untilMs: number;
}

/** Everything a decision is made of: kept with it, so that it can be made again. Null is "could not be read". */
export interface GateFacts {
  nowMs: number;
  service: string;
  tier: string | null;
  slos: readonly SloFact[] | null;
  /** `not_measured`: the service answers no requests, so that there is no such signal. */
  errors: { level: Level | "not_measured"; asOfMs: number | null } | null;
  /** Why the errors signal could not be read, in the source's words. */
  errorsUnread?: string;
  firingPages: readonly { name: string; sinceMs: number }[] | null;
  openIncidents: readonly { id: string; severity: string; title: string }[] | null;
  freezes: readonly { id: string; name: string; untilMs: number }[] | null;
  risk: RiskInputs;
  declaredRisk: Risk | null;
  lane: LaneClaim | null;
  spending: SpendingApproval | null;
  /** When a person said no to this very version and commit; records from before this was looked at lack it. */
  rejectedAtMs?: number | null;
}

/** A figure that can be compared; null for every other, which is what JSON makes of it too. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Whether what the matrix stands on was measured. */
export function hasFigures({ budgetRemainingRatio, burnRate6h }: SloFact): boolean {
  return finite(budgetRemainingRatio) !== null && finite(burnRate6h) !== null;
}

function whyOld(ms: number | null, nowMs: number): string | null {
  const known = finite(ms);
  if (known === null) return "has no data";
  const ageMs = nowMs - known;
  // A clock that runs ahead makes nothing fresh either.
  if (Math.abs(ageMs) <= DATA_MAX_AGE_MS) return null;
  return `has data of ${Math.round(ageMs / 60_000)} min ago, more than ${DATA_MAX_AGE_MS / 60_000}`;
}

/** Why an SLO's figures cannot approve anything; null when they are fresh and whole. */
export function whyUntrusted(slo: SloFact, nowMs: number): string | null {
  if (slo.status === "no_data") return "has no data";
  const old = whyOld(slo.newestSampleMs, nowMs);
  if (old) return old;
  const unevaluated = whyOld(slo.evaluatedAtMs, nowMs);
  if (unevaluated) return "was not evaluated within 5 min";
  if (slo.status === "no_traffic") return null;
  return hasFigures(slo) ? null : "has no figures";
}

/** What is missing for a decision, in words; empty when everything was there. */
export function missingFacts(facts: GateFacts): string[] {
  const { slos, nowMs } = facts;
  const unread = [
    slos === null ? "the ledger could not be read" : null,
    facts.firingPages === null ? "firing alerts could not be read" : null,
    facts.openIncidents === null ? "open incidents could not be read" : null,
    facts.freezes === null ? "freeze windows could not be read" : null,
    slos?.length === 0 ? `${facts.service} has no SLO` : null,
    whyErrorsMissing(facts),
  ].filter((one) => one !== null);
  const untrusted = (slos ?? []).flatMap((slo) => {
    const why = whyUntrusted(slo, nowMs);
    return why === null ? [] : [`${slo.key} ${why}`];
  });
  return [...new Set([...unread, ...untrusted])];
}

function whyErrorsMissing({ errors, errorsUnread, nowMs }: GateFacts): string | null {
  const because = errorsUnread === undefined ? "" : `: ${errorsUnread}`;
  if (errors === null) return `the errors signal could not be read${because}`;
  if (errors.level === "not_measured") return null;
  if (errors.level === "UNKNOWN") return "the errors signal has no data";
  const old = whyOld(errors.asOfMs, nowMs);
  return old && `the errors signal ${old}`;
}
