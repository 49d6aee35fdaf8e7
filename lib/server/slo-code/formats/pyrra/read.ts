import "server-only";
import { z } from "zod";
import { ratioOfPercent } from "#lib/domain/slo/decimal.ts";
import type { Selection, Sli } from "#lib/domain/slo/definition/sli.ts";
import { selector } from "#lib/domain/promql/selector.ts";
import type { SourceDocument } from "../../source/document.ts";
import type { Path } from "../../source/problem.ts";
import { readShape } from "../../source/shape.ts";
import { secondsPerUnit } from "../../promql/latency.ts";
import { selectionOf } from "../../promql/selection.ts";
import { sliOfQueries } from "../../promql/sli-of-queries.ts";
import { matchersOf } from "../../promql/write.ts";
import { type Draft, foreignDefinition } from "../draft.ts";
import { readDays, readMinutes } from "../duration.ts";
import { applyMarks } from "../marks.ts";
import { readQuery } from "../queries.ts";

/** Where Pyrra's files say which service they speak of: it has no field for it. */
const SERVICE_LABELS = ["pyrra.dev/service", "service", "app.kubernetes.io/name", "app"];
const SERVICE_MATCHERS = ["service", "job"];

const marks = z.record(z.string(), z.unknown()).optional();
const Query = z.object({ metric: z.string() });
const grouping = z.array(z.string()).optional();
const Indicator = z.object({
  ratio: z.object({ errors: Query, total: Query, grouping }).optional(),
  latency: z.object({ success: Query, total: Query, grouping }).optional(),
  latencyNative: z.object({ total: Query, latency: z.string(), grouping }).optional(),
  bool_gauge: Query.extend({ grouping }).optional(),
});
type Indicator = z.infer<typeof Indicator>;

const Resource = z.object({
  apiVersion: z.literal("pyrra.dev/v1alpha1"),
  kind: z.literal("ServiceLevelObjective"),
  metadata: z.object({
    name: z.string(),
    namespace: z.unknown().optional(),
    labels: marks,
    annotations: marks,
  }),
  spec: z.object({
    description: z.string().optional(),
    target: z.coerce.string(),
    window: z.string(),
    indicator: Indicator,
    alerting: z.object({ disabled: z.boolean().optional(), burnrates: z.boolean().optional() }).optional(),
  }),
});
type Resource = z.infer<typeof Resource>;

/** What an indicator measures, and the series that all its events come from. */
interface Measured {
  sli: Sli;
  all: Selection;
}

const INDICATOR = ["spec", "indicator"];

/** The selection that a field names: Pyrra takes vector selectors alone. */
function readSelection(document: SourceDocument, path: Path, metric: string): Selection | null {
  const expression = readQuery({ document, path, text: metric });
  if (expression === null) return null;
  const selection = selectionOf(expression, expression.root);
  if (selection === null)
    document.note("error", path, "Must be one metric with its labels, without functions.");
  return selection;
}

function readTwo(
  document: SourceDocument,
  field: "ratio" | "latency",
  numerator: { name: string; metric: string },
  total: string,
): Measured | null {
  const path = [...INDICATOR, field];
  const all = readSelection(document, [...path, "total", "metric"], total);
  const part = readSelection(document, [...path, numerator.name, "metric"], numerator.metric);
  if (!all || !part) return null;
  const form = field === "ratio" ? "bad" : "good";
  const expressions = [part, all].map((selection) =>
    readQuery({ document, path, text: `sum(increase(${writeSelection(selection)}[$window]))` }),
  );
  if (!expressions[0] || !expressions[1]) return null;
  return { sli: sliOfQueries(form, expressions[0], expressions[1]).sli, all };
}

function writeSelection({ metric, matchers }: Selection): string {
  return selector(metric, matchersOf(matchers));
}

function readNative(
  document: SourceDocument,
  { total, latency }: NonNullable<Indicator["latencyNative"]>,
): Measured | null {
  const path = [...INDICATOR, "latencyNative"];
  const all = readSelection(document, [...path, "total", "metric"], total.metric);
  const minutes = readMinutes(latency);
  if (minutes === null) document.note("error", [...path, "latency"], 'Must be a duration such as "500ms".');
  if (!all || minutes === null) return null;
  const sli: Sli = {
    kind: "latency",
    histogram: "native",
    durations: all,
    thresholdSeconds: Math.round(minutes * 60_000) / 1_000,
    durationToSeconds: secondsPerUnit(all.metric),
  };
  return { sli, all };
}

/** Every sample of the gauge is an event, good when it is 1. */
function readBoolGauge(
  document: SourceDocument,
  { metric, grouping: labels }: NonNullable<Indicator["bool_gauge"]>,
): Measured | null {
  const all = readSelection(document, [...INDICATOR, "bool_gauge", "metric"], metric);
  if (all === null) return null;
  const by = labels?.length ? ` by (${labels.join(", ")})` : "";
  const over = `${writeSelection(all)}[$window]`;
  const numerator = `sum${by} (sum_over_time(${over}))`;
  const total = `sum${by} (count_over_time(${over}))`;
  return { sli: { kind: "custom", form: "good", numerator, total }, all };
}

function readIndicator(document: SourceDocument, indicator: Indicator): Measured | null {
  const { ratio, latency, latencyNative, bool_gauge } = indicator;
  if (ratio) {
    const errors = { name: "errors", metric: ratio.errors.metric };
    return readTwo(document, "ratio", errors, ratio.total.metric);
  }
  if (latency) {
    const success = { name: "success", metric: latency.success.metric };
    return readTwo(document, "latency", success, latency.total.metric);
  }
  if (latencyNative) return readNative(document, latencyNative);
  if (bool_gauge) return readBoolGauge(document, bool_gauge);
  document.note("error", INDICATOR, "Must have ratio, latency, latencyNative or bool_gauge.");
  return null;
}

function groupingOf({ ratio, latency, latencyNative, bool_gauge }: Indicator): string[] {
  return (ratio ?? latency ?? latencyNative ?? bool_gauge)?.grouping ?? [];
}

/** The service, by the first label or equality that names one. */
function serviceOf(labels: Readonly<Record<string, unknown>>, { matchers }: Selection): string | null {
  const label = SERVICE_LABELS.find((name) => typeof labels[name] === "string");
  if (label !== undefined) return String(labels[label]);
  const named = SERVICE_MATCHERS.map((name) =>
    matchers.find((matcher) => matcher.label === name && matcher.operator === "="),
  );
  return named.find((matcher) => matcher !== undefined)?.value ?? null;
}

/** Labels that Pyrra puts on what it generates; all others are Kubernetes' own business. */
function propagated(labels: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isOurs = (name: string) => name.startsWith("pyrra.dev/") && !SERVICE_LABELS.includes(name);
  return Object.fromEntries(Object.entries(labels).filter(([name]) => isOurs(name)));
}

function define({ metadata, spec }: Resource, { sli, all }: Measured, days: number): Draft["definition"] {
  const definition = foreignDefinition(metadata.name, sli);
  definition.description = spec.description ?? "";
  definition.service = serviceOf(metadata.labels ?? {}, all);
  definition.groupBy = groupingOf(spec.indicator);
  const target = ratioOfPercent(Number(spec.target));
  definition.objectives = [{ target, window: { kind: "rolling", days } }];
  const off = spec.alerting?.disabled === true || spec.alerting?.burnrates === false;
  if (off) definition.alertTiers = definition.alertTiers.map((tier) => ({ ...tier, enabled: false }));
  return definition;
}

/** The SLO of a Pyrra resource. */
export function readPyrra(document: SourceDocument): Draft[] {
  const resource = readShape(document, [], Resource);
  const measured = resource && readIndicator(document, resource.spec.indicator);
  if (!resource || !measured) return [];
  const days = readDays(resource.spec.window);
  if (days === null) {
    document.note("error", ["spec", "window"], 'Must be whole days, as "28d" or "4w".');
    return [];
  }
  const definition = define(resource, measured, days);
  if (definition.service === null) {
    const message = `Say which service it speaks of, with a label such as ${SERVICE_LABELS[0]}.`;
    document.note("error", ["metadata"], message);
    return [];
  }
  const from = (field: Path, ...path: Path) => ({ field, document, path });
  const draft: Draft = {
    definition,
    origins: [
      from([]),
      from(["name"], "metadata", "name"),
      from(["description"], "spec", "description"),
      from(["sli"], ...INDICATOR),
      from(["groupBy"], ...INDICATOR),
      from(["objectives", 0, "target"], "spec", "target"),
      from(["objectives", 0, "window"], "spec", "window"),
    ],
  };
  applyMarks(draft, propagated(resource.metadata.labels ?? {}), { document, path: ["metadata", "labels"] });
  applyMarks(draft, resource.metadata.annotations, { document, path: ["metadata", "annotations"] });
  return [draft];
}
