import "server-only";
import type { AlertTier } from "#lib/domain/slo/alerts/tiers.ts";
import { ratioOfPercent } from "#lib/domain/slo/decimal.ts";
import type { Objective } from "#lib/domain/slo/definition/definition.ts";
import { nominalDays, type SloWindow } from "#lib/domain/slo/definition/windows.ts";
import type { SourceDocument } from "../../source/document.ts";
import type { Path } from "../../source/problem.ts";
import { readShape } from "../../source/shape.ts";
import { type Draft, foreignDefinition } from "../draft.ts";
import { applyMarks } from "../marks.ts";
import { readPolicies } from "./alerts.ts";
import { type Indicator, kindOf, readIndicator } from "./indicator.ts";
import type { Library, Part } from "./library.ts";
import { SliObject, type SliSpec, SloObject } from "./shapes.ts";
import { readTimeWindow } from "./window.ts";

type Spec = SloObject["spec"];

const OBJECTIVES = ["spec", "objectives"];
/** What makes slices good is one for all objectives here. */
const SHARED = ["op", "value", "timeSliceTarget", "timeSliceWindow"] as const;

/** What an SLO is put together from. */
interface Parts {
  sli: Part<SliSpec>;
  indicator: Indicator;
  objectives: Objective[];
  /** Undefined where the file does not speak of alerts. */
  tiers: AlertTier[] | undefined;
}

/** Where the SLO says what it measures: in itself, or by the name of an SLI. */
function findSli(library: Library, document: SourceDocument, spec: Spec): Part<SliSpec> | null {
  const composite = spec.objectives.findIndex(
    ({ indicator, indicatorRef }) => indicator !== undefined || indicatorRef !== undefined,
  );
  if (composite >= 0) {
    const message =
      "A composite SLO says no target for the whole. Write its objectives as SLOs, and a journey over them.";
    document.note("error", [...OBJECTIVES, composite], message);
    return null;
  }
  if (spec.indicator) return { value: spec.indicator.spec, document, path: ["spec", "indicator", "spec"] };
  if (spec.indicatorRef !== undefined) {
    const from = { document, path: ["spec", "indicatorRef"] };
    return library.find(SliObject, "SLI", spec.indicatorRef, from);
  }
  document.note("error", ["spec"], "Must have indicator or indicatorRef.");
  return null;
}

function readObjectives(
  document: SourceDocument,
  { objectives }: Spec,
  window: SloWindow,
): Objective[] | null {
  const [first] = objectives;
  const read = objectives.map((objective, at): Objective | null => {
    const path = [...OBJECTIVES, at];
    const other = SHARED.find((field) => objective[field] !== first?.[field]);
    if (other !== undefined) document.note("error", [...path, other], "Must be the same for all objectives.");
    const { target, targetPercent } = objective;
    if ((target === undefined) === (targetPercent === undefined))
      document.note("error", path, "Must have either target or targetPercent.");
    const ratio = target ?? (targetPercent === undefined ? undefined : ratioOfPercent(targetPercent));
    return ratio === undefined ? null : { target: ratio, window };
  });
  const good = read.filter((objective) => objective !== null);
  return good.length === read.length ? good : null;
}

function originsOf(
  document: SourceDocument,
  { objectives }: Spec,
  { sli, indicator }: Pick<Parts, "sli" | "indicator">,
): Draft["origins"] {
  const from = (field: Path, ...path: Path) => ({ field, document, path });
  const targets = objectives.map(({ target }, at) =>
    from(
      ["objectives", at, "target"],
      ...[...OBJECTIVES, at, target === undefined ? "targetPercent" : "target"],
    ),
  );
  return [
    from([]),
    from(["name"], "metadata", "name"),
    from(["description"], "spec", "description"),
    from(["service"], "spec", "service"),
    { field: ["sli"], document: sli.document, path: sli.path },
    ...indicator.origins,
    from(["budgeting"], "spec", "budgetingMethod"),
    from(["budgeting", "sliceGood"], ...OBJECTIVES, 0),
    from(["objectives"], ...OBJECTIVES),
    ...targets,
    ...targets.flatMap((_, at) => [
      from(["objectives", at, "window"], "spec", "timeWindow", 0, "duration"),
      from(["objectives", at, "window", "zone"], "spec", "timeWindow", 0, "calendar", "timeZone"),
    ]),
    from(["alertTiers"], "spec", "alertPolicies"),
  ];
}

/** What the parts of an SLO say; null, and noted, where one of them cannot be read. */
function readParts(document: SourceDocument, library: Library, { metadata, spec }: SloObject): Parts | null {
  const sli = findSli(library, document, spec);
  const [timeWindow] = spec.timeWindow;
  const window = timeWindow ? readTimeWindow(document, timeWindow) : null;
  const objectives = window && readObjectives(document, spec, window);
  const kind = kindOf(metadata.annotations?.["burnline.dev/sli-kind"]);
  const indicator = sli && readIndicator(sli, { value: spec, document, path: ["spec"] }, kind);
  const tiers =
    window && spec.alertPolicies
      ? readPolicies(library, document, spec.alertPolicies, nominalDays(window))
      : undefined;
  return sli && objectives && indicator && tiers !== null ? { sli, objectives, indicator, tiers } : null;
}

function describe({ metadata, spec }: SloObject): string {
  const title = typeof metadata.displayName === "string" ? metadata.displayName : "";
  return spec.description ?? title;
}

/** The SLO of an OpenSLO object; what it refers to is looked up in the library. */
export function readOpenSlo(document: SourceDocument, library: Library): Draft[] {
  const object = readShape(document, [], SloObject);
  const parts = object && readParts(document, library, object);
  if (!object || !parts) return [];
  const { metadata, spec } = object;
  const definition = {
    ...foreignDefinition(metadata.name, parts.indicator.sli),
    description: describe(object),
    service: spec.service,
    groupBy: parts.indicator.groupBy,
    budgeting: parts.indicator.budgeting,
    objectives: parts.objectives,
    ...(parts.tiers ? { alertTiers: parts.tiers } : {}),
  };
  const draft: Draft = { definition, origins: originsOf(document, spec, parts) };
  applyMarks(draft, metadata.labels, { document, path: ["metadata", "labels"] });
  applyMarks(draft, metadata.annotations, { document, path: ["metadata", "annotations"] });
  return [draft];
}
