import "server-only";
import { z } from "zod";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Objective } from "#lib/domain/slo/definition/definition.ts";
import type { Selection } from "#lib/domain/slo/definition/sli.ts";
import { nominalDays, readWindow } from "#lib/domain/slo/definition/windows.ts";
import { selector } from "#lib/domain/promql/selector.ts";
import type { SourceDocument } from "../../source/document.ts";
import type { Path } from "../../source/problem.ts";
import { readShape } from "../../source/shape.ts";
import { matchersOf } from "../../promql/write.ts";
import { type ReadTier, tiersOf } from "../alert-tiers.ts";
import { type Draft, foreignDefinition } from "../draft.ts";
import { readMinutes } from "../duration.ts";
import { applyMarks } from "../marks.ts";
import { readPair, type ReadSli } from "../queries.ts";
import { readFilter } from "./filter.ts";

const marks = z.record(z.string(), z.unknown()).optional();
const Counter = z.object({ metric: z.string(), filters: z.array(z.string()).optional() });
const BurnRate = z.object({
  severity: z.enum(["critical", "warning", "page", "ticket"]),
  shortWindow: z.string(),
  longWindow: z.string(),
  burnRate: z.number(),
});
type BurnRate = z.infer<typeof BurnRate>;

const Resource = z.object({
  apiVersion: z.literal("slo.dev/v1"),
  kind: z.literal("ServiceLevelObjective"),
  metadata: z.object({
    name: z.string(),
    namespace: z.unknown().optional(),
    labels: marks,
    annotations: marks,
  }),
  spec: z.object({
    service: z.string(),
    description: z.string().optional(),
    indicator: z.object({ type: z.literal("ratio"), counter: Counter, total: Counter }),
    objectives: z
      .array(z.object({ displayName: z.unknown().optional(), window: z.string(), target: z.number() }))
      .min(1),
    alerting: z.object({ burnRates: z.array(BurnRate).optional(), annotations: marks }).optional(),
    annotations: marks,
  }),
});
type Resource = z.infer<typeof Resource>;
type Spec = Resource["spec"];

const INDICATOR = ["spec", "indicator"];
const OBJECTIVES = ["spec", "objectives"];
const BURN_RATES = ["spec", "alerting", "burnRates"];
const PAGES = new Set(["critical", "page"]);

function readCounter(
  document: SourceDocument,
  path: Path,
  { metric, filters = [] }: z.infer<typeof Counter>,
): Selection | null {
  const matchers = filters.map((text, at): LabelMatcher | null => {
    const matcher = readFilter(text);
    if (matcher === null)
      document.note("error", [...path, "filters", at], 'Must read as "status_code != 5xx".');
    return matcher;
  });
  const read = matchers.filter((matcher) => matcher !== null);
  return read.length === matchers.length ? { metric, matchers: read } : null;
}

function readSli(document: SourceDocument, { indicator }: Spec): ReadSli | null {
  const sides = (["counter", "total"] as const).map((side) => {
    const path = [...INDICATOR, side];
    const selection = readCounter(document, path, indicator[side]);
    return selection && { document, path, text: writeSelection(selection) };
  });
  return sides[0] && sides[1] ? readPair("good", sides[0], sides[1]) : null;
}

/** A metric's name is checked where the query is read. */
function writeSelection({ metric, matchers }: Selection): string {
  return `${metric}${matchers.length > 0 ? selector("m", matchersOf(matchers)).slice(1) : ""}`;
}

function readObjectives(document: SourceDocument, { objectives }: Spec): Objective[] | null {
  const read = objectives.map(({ target, window: text }, at): Objective | null => {
    const window = readWindow(text);
    if (window === null)
      document.note("error", [...OBJECTIVES, at, "window"], 'Must be a window such as "30d".');
    return window && { target, window };
  });
  const good = read.filter((objective) => objective !== null);
  return good.length === read.length ? good : null;
}

function readBurnRate(document: SourceDocument, path: Path, rate: BurnRate): ReadTier | null {
  const short = readMinutes(rate.shortWindow);
  const long = readMinutes(rate.longWindow);
  if (short === null || long === null) {
    const field = short === null ? "shortWindow" : "longWindow";
    document.note("error", [...path, field], 'Must be a duration such as "1h".');
    return null;
  }
  if (short > long)
    document.note("warning", path, "The windows are swapped; the larger one is taken as the long one.");
  if (Math.max(short, long) !== 12 * Math.min(short, long))
    document.note("warning", path, "The short window is a twelfth of the long one here.");
  const action = PAGES.has(rate.severity) ? "page" : "ticket";
  return { windowMinutes: [short, long], factor: rate.burnRate, action, enabled: true };
}

function readTiers(
  document: SourceDocument,
  { alerting }: Spec,
  [first]: readonly Objective[],
): Draft["definition"]["alertTiers"] | null | undefined {
  const rates = alerting?.burnRates?.map((rate, at) => readBurnRate(document, [...BURN_RATES, at], rate));
  if (!rates || !first) return undefined;
  const read = rates.filter((rate) => rate !== null);
  return read.length === rates.length ? tiersOf(read, nominalDays(first.window)) : null;
}

/** Files differ in where their annotations stand. */
function applyAllMarks(draft: Draft, document: SourceDocument, { metadata, spec }: Resource): void {
  applyMarks(draft, metadata.labels, { document, path: ["metadata", "labels"] });
  applyMarks(draft, metadata.annotations, { document, path: ["metadata", "annotations"] });
  applyMarks(draft, spec.annotations, { document, path: ["spec", "annotations"] });
  applyMarks(draft, spec.alerting?.annotations, { document, path: ["spec", "alerting", "annotations"] });
}

/** The SLO of a `slo.dev/v1` resource. */
export function readSloDev(document: SourceDocument): Draft[] {
  const resource = readShape(document, [], Resource);
  const measured = resource && readSli(document, resource.spec);
  const objectives = resource && readObjectives(document, resource.spec);
  const tiers = resource && readTiers(document, resource.spec, objectives ?? []);
  if (!measured || !objectives || tiers === null) return [];
  const { metadata, spec } = resource;
  const definition = foreignDefinition(metadata.name, measured.sli);
  definition.service = spec.service;
  definition.description = spec.description ?? "";
  definition.objectives = objectives;
  definition.alertTiers = tiers ?? definition.alertTiers;
  if ((spec.indicator.total.filters ?? []).length === 0)
    document.note(
      "warning",
      [...INDICATOR, "total"],
      "Without a filter this counts the events of every service that has this metric.",
    );
  const from = (field: Path, ...path: Path) => ({ field, document, path });
  const draft: Draft = {
    definition,
    origins: [
      from([]),
      from(["name"], "metadata", "name"),
      from(["description"], "spec", "description"),
      from(["service"], "spec", "service"),
      from(["sli"], ...INDICATOR),
      ...measured.origins,
      from(["objectives"], ...OBJECTIVES),
      from(["alertTiers"], ...BURN_RATES),
    ],
  };
  applyAllMarks(draft, document, resource);
  return [draft];
}
