import "server-only";
import type { Budgeting } from "#lib/domain/slo/definition/definition.ts";
import { COUNTING_OF_SLI, type Comparison, type Sli, type SliKind } from "#lib/domain/slo/definition/sli.ts";
import { readThreshold } from "../../promql/threshold.ts";
import type { SourceDocument } from "../../source/document.ts";
import type { Origin } from "../draft.ts";
import { readMinutes } from "../duration.ts";
import { type Query, readPair, readQuery, readRatio, type ReadSli } from "../queries.ts";
import type { Part } from "./library.ts";
import type { Metric, Objective, SliSpec, SloObject } from "./shapes.ts";

type Spec = SloObject["spec"];

const OPERATORS = { lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;
const PROMETHEUS = /^prometheus$/i;

/** What an indicator measures, and how its events become a budget. */
export interface Indicator {
  sli: Sli;
  groupBy: string[];
  budgeting: Budgeting;
  origins: Origin[];
}

function queryOf(part: Part<SliSpec>, path: string[], { metricSource }: Metric): Query | null {
  const { document } = part;
  const here = [...part.path, ...path, "metricSource"];
  const { type, spec } = metricSource;
  if (type !== undefined && !PROMETHEUS.test(type)) {
    document.note("error", [...here, "type"], `Only Prometheus is read here, not ${type}.`);
    return null;
  }
  const field = spec.query === undefined ? "promql" : "query";
  const text = spec[field];
  if (text !== undefined) return { document, path: [...here, "spec", field], text };
  document.note("error", [...here, "spec"], "Must have query: a PromQL expression.");
  return null;
}

function readRatioMetric(
  part: Part<SliSpec>,
  ratio: NonNullable<SliSpec["ratioMetric"]>,
  kind: SliKind | null,
): ReadSli | null {
  const { good, bad, total, raw, rawType } = ratio;
  if (raw) {
    const query = queryOf(part, ["ratioMetric", "raw"], raw);
    return query && readRatio(rawType === "failure" ? "bad" : "good", query);
  }
  const form = good ? "good" : "bad";
  const numerator = good ?? bad;
  if (!numerator || !total || (good && bad)) {
    part.document.note("error", [...part.path, "ratioMetric"], "Must have total and one of good and bad.");
    return null;
  }
  const above = queryOf(part, ["ratioMetric", form], numerator);
  const below = queryOf(part, ["ratioMetric", "total"], total);
  return above && below && readPair(form, above, below, kind);
}

/** The length of a slice; noted where it is none of ours. */
function readSliceMinutes(document: SourceDocument, { timeSliceWindow = "1m" }: Objective): 1 | 5 | null {
  const text = typeof timeSliceWindow === "number" ? `${timeSliceWindow}m` : timeSliceWindow;
  const minutes = readMinutes(text) ?? readMinutes(`${text}m`);
  if (minutes === 1 || minutes === 5) return minutes;
  document.note("error", ["spec", "objectives", 0, "timeSliceWindow"], "A slice has 1 or 5 minutes.");
  return null;
}

function readBudgeting({ document, value }: Part<Spec>, objective: Objective): Budgeting | null {
  const { budgetingMethod } = value;
  if (budgetingMethod === "Occurrences") return { method: "occurrences" };
  const sliceMinutes = readSliceMinutes(document, objective);
  if (sliceMinutes === null) return null;
  if (budgetingMethod === "RatioTimeslices") return { method: "ratioTimeslices", sliceMinutes };
  if (objective.timeSliceTarget === undefined) {
    document.note("error", ["spec", "objectives", 0], "Must have timeSliceTarget.");
    return null;
  }
  const sliceGood: Comparison = {
    operator: OPERATORS[objective.op ?? "gte"],
    value: objective.timeSliceTarget,
  };
  return { method: "timeslices", sliceMinutes, sliceGood };
}

/** A value that each slice is judged by; other budgeting methods count points, which a ledger does not keep. */
function readThresholdMetric(
  part: Part<SliSpec>,
  metric: Metric,
  { document, value: { budgetingMethod } }: Part<Spec>,
  objective: Objective,
): Indicator | null {
  const query = queryOf(part, ["thresholdMetric"], metric);
  const expression = query && readQuery(query);
  const path = ["spec", "objectives", 0];
  if (objective.op === undefined || objective.value === undefined) {
    document.note("error", path, "A threshold needs op and value.");
    return null;
  }
  if (budgetingMethod !== "Timeslices")
    document.note("warning", ["spec", "budgetingMethod"], "A threshold is judged once per time slice.");
  if ((objective.timeSliceTarget ?? 1) !== 1)
    document.note("warning", [...path, "timeSliceTarget"], "A slice is judged by one value, not by a share.");
  const sliceMinutes = readSliceMinutes(document, objective);
  if (!query || !expression || sliceMinutes === null) return null;
  const good: Comparison = { operator: OPERATORS[objective.op], value: objective.value };
  const { sli, groupBy } = readThreshold(expression, good);
  const { path: at } = query;
  const origins = Object.keys(sli).map((field) => ({
    field: ["sli", field],
    document: part.document,
    path: at,
  }));
  return { sli, groupBy, origins, budgeting: { method: "timeslices", sliceMinutes, sliceGood: null } };
}

/**
 * What the indicator of an SLO measures, and how it is budgeted; null, and noted, where it cannot be read.
 *
 * @param slo the document of the SLO, in which its objectives stand.
 * @param kind what the file itself calls the SLI.
 */
export function readIndicator(part: Part<SliSpec>, slo: Part<Spec>, kind: SliKind | null): Indicator | null {
  const [objective] = slo.value.objectives;
  const { ratioMetric, thresholdMetric } = part.value;
  if (!objective) return null;
  if (thresholdMetric) return readThresholdMetric(part, thresholdMetric, slo, objective);
  if (!ratioMetric) {
    part.document.note("error", part.path, "Must have ratioMetric or thresholdMetric.");
    return null;
  }
  const measured = readRatioMetric(part, ratioMetric, kind);
  const budgeting = readBudgeting(slo, objective);
  if (!measured || !budgeting) return null;
  const { sli, groupBy, origins } = measured;
  return { sli, groupBy, origins, budgeting };
}

/** The kind that a file calls its SLI, where there is such a one. */
export function kindOf(mark: unknown): SliKind | null {
  return typeof mark === "string" && Object.hasOwn(COUNTING_OF_SLI, mark) ? (mark as SliKind) : null;
}
