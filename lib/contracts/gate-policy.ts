import { z } from "zod";
import { DECISIONS } from "#lib/domain/gate/decision.ts";
import { type GatePolicy, LANES, policyProblems } from "#lib/domain/gate/policy.ts";
import { RISKS } from "#lib/domain/gate/risk.ts";
import { isZone } from "#lib/domain/slo/time/zone.ts";
import { Tier } from "./cluster.ts";
import { Severity } from "./incident-events.ts";

export const Decision = z.enum(DECISIONS);
export const Risk = z.enum(RISKS);
export const Lane = z.enum(LANES);

/** What makes a change riskier never takes from the sum. */
const points = z.int().min(0).max(100);
/** A rollback at hand may. */
const relief = z.int().min(-20).max(100);
const row = z.strictObject({ low: Decision, medium: Decision, high: Decision });
const tierRules = z.strictObject({ leaseMinutes: z.int().min(1).max(1_440), leastRisk: Risk });
const hour = z.int().min(0).max(24);

/** A policy of the gate, whole: what it may not say beyond its shape is in `policyProblems`. */
export const GatePolicyDocument = z
  .strictObject({
    matrix: z.strictObject({
      healthy: row,
      attention: row,
      warning: row,
      critical: row,
      exhausted: row,
      no_data: row,
      no_traffic: row,
    }),
    risk: z.strictObject({
      weights: z.strictObject({
        lines: z
          .array(z.strictObject({ from: z.int().min(0), points }))
          .min(1)
          .max(20),
        linesUnstated: points,
        migration: points,
        migrationUnstated: points,
        rollbackReady: relief,
        rollbackMissing: points,
        rollbackUnstated: points,
        perDependent: points,
        mostForDependents: points,
        tier: z.partialRecord(Tier, points),
        allReleasesFailed: points,
        unattended: points,
        attendedHours: z.strictObject({
          zone: z.string().max(64).refine(isZone, "is no time zone, such as Europe/Berlin"),
          from: hour,
          until: hour,
          fridayUntil: hour,
        }),
      }),
      cuts: z.strictObject({ mediumFrom: z.int().min(1).max(100), highFrom: z.int().min(2).max(100) }),
    }),
    floors: z.strictObject({ openIncident: Decision, firingPage: Decision, criticalErrors: Decision }),
    incidentSeverities: z.array(Severity).max(4),
    lanes: z.array(Lane).max(LANES.length),
    tiers: z.partialRecord(Tier, tierRules),
    otherTiers: tierRules,
    deferHours: z.int().min(1).max(168),
    canaryCostRatio: z.number().gt(0).max(1),
    canaryMinutes: z.int().min(1).max(1_440),
  })
  .superRefine((policy, context) => {
    for (const problem of policyProblems(policy as GatePolicy)) {
      context.addIssue({ code: "custom", ...problem });
    }
  });
export type GatePolicyDocument = z.infer<typeof GatePolicyDocument>;
