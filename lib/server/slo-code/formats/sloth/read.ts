import "server-only";
import { z } from "zod";
import type { AlertTier } from "#lib/domain/slo/alerts/tiers.ts";
import { ratioOfPercent } from "#lib/domain/slo/decimal.ts";
import type { SourceDocument } from "../../source/document.ts";
import type { Path } from "../../source/problem.ts";
import { readShape } from "../../source/shape.ts";
import { type Draft, foreignDefinition } from "../draft.ts";
import { applyMarks } from "../marks.ts";
import { type Query, readPair, readRatio, type ReadSli } from "../queries.ts";

/** Sloth's files name no window; its generator takes 30 days unless told otherwise. */
export const SLOTH_DAYS = 30;

const text = z.string();
const marks = z.record(z.string(), z.unknown()).optional();
const Alert = z.object({ disable: z.boolean().optional(), labels: marks, annotations: marks }).optional();

/** The plain file writes `error_query`, the Kubernetes resource `errorQuery`. */
const Sli = z.object({
  events: z
    .object({
      error_query: text.optional(),
      errorQuery: text.optional(),
      total_query: text.optional(),
      totalQuery: text.optional(),
    })
    .optional(),
  raw: z.object({ error_ratio_query: text.optional(), errorRatioQuery: text.optional() }).optional(),
  plugin: z.object({ id: text, options: marks }).optional(),
});
type Sli = z.infer<typeof Sli>;

const Slo = z.object({
  name: text,
  description: text.optional(),
  objective: z.number(),
  labels: marks,
  sli: Sli,
  alerting: z
    .object({
      labels: marks,
      annotations: marks,
      page_alert: Alert,
      pageAlert: Alert,
      ticket_alert: Alert,
      ticketAlert: Alert,
    })
    .optional(),
});
type Slo = z.infer<typeof Slo>;

const Service = z.object({ service: text, labels: marks, slos: z.array(Slo).min(1) });
const File = Service.extend({ version: z.literal("prometheus/v1") });
const Resource = z.object({
  apiVersion: z.literal("sloth.slok.dev/v1"),
  kind: z.literal("PrometheusServiceLevel"),
  metadata: z.unknown().optional(),
  spec: Service,
});

/** The first of two spellings that a document uses, as a query; noted where there is neither. */
function queryAt(
  document: SourceDocument,
  path: Path,
  values: Readonly<Record<string, string | undefined>>,
): Query | null {
  const [found] = Object.entries(values).filter(([, value]) => value !== undefined);
  if (found?.[1] !== undefined) return { document, path: [...path, found[0]], text: found[1] };
  document.note("error", path, `Must have ${Object.keys(values).join(" or ")}.`);
  return null;
}

function readSli(document: SourceDocument, path: Path, { events, raw, plugin }: Sli): ReadSli | null {
  if (events) {
    const { error_query, errorQuery, total_query, totalQuery } = events;
    const error = queryAt(document, [...path, "events"], { error_query, errorQuery });
    const total = queryAt(document, [...path, "events"], { total_query, totalQuery });
    return error && total ? readPair("bad", error, total) : null;
  }
  if (raw) {
    const { error_ratio_query, errorRatioQuery } = raw;
    const ratio = queryAt(document, [...path, "raw"], { error_ratio_query, errorRatioQuery });
    return ratio && readRatio("bad", ratio);
  }
  const why = plugin
    ? `The plugin "${plugin.id}" runs only within Sloth; write its queries as events.`
    : "Must have events or raw.";
  document.note("error", plugin ? [...path, "plugin"] : path, why);
  return null;
}

/** Sloth's alerts are our four default tiers; a file can only turn off both pages or both tickets. */
function readAlerting({ alerting }: Slo, tiers: AlertTier[]): AlertTier[] {
  const off = {
    page: (alerting?.page_alert ?? alerting?.pageAlert)?.disable === true,
    ticket: (alerting?.ticket_alert ?? alerting?.ticketAlert)?.disable === true,
  };
  return tiers.map((tier) => ({ ...tier, enabled: !off[tier.action] }));
}

/** Labels and annotations of the alerts of one action have no counterpart: routes belong to Alertmanager. */
function noteAlertMarks(document: SourceDocument, path: Path, slo: Slo): void {
  for (const field of ["page_alert", "pageAlert", "ticket_alert", "ticketAlert"] as const)
    for (const kind of ["labels", "annotations"] as const)
      if (Object.keys(slo.alerting?.[field]?.[kind] ?? {}).length > 0)
        document.note(
          "warning",
          [...path, "alerting", field, kind],
          "Alerts are told apart by their action; set routes in Alertmanager.",
        );
}

function readSlo(document: SourceDocument, base: Path, at: number, slo: Slo): Draft | null {
  const path = [...base, "slos", at];
  const measured = readSli(document, [...path, "sli"], slo.sli);
  noteAlertMarks(document, path, slo);
  if (measured === null) return null;
  const definition = foreignDefinition(slo.name, measured.sli);
  definition.description = slo.description ?? "";
  definition.groupBy = measured.groupBy;
  const window = { kind: "rolling", days: SLOTH_DAYS } as const;
  definition.objectives = [{ target: ratioOfPercent(slo.objective), window }];
  definition.alertTiers = readAlerting(slo, definition.alertTiers);
  const from = (field: Path, ...steps: Path) => ({ field, document, path: [...path, ...steps] });
  return {
    definition,
    origins: [
      { field: [], document, path },
      from(["name"], "name"),
      from(["description"], "description"),
      from(["sli"], "sli"),
      ...measured.origins,
      from(["objectives"], "objective"),
      from(["alertTiers"], "alerting"),
    ],
  };
}

/** The SLOs of a Sloth file, plain or as a Kubernetes resource. */
export function readSloth(document: SourceDocument, isResource: boolean): Draft[] {
  const base = isResource ? ["spec"] : [];
  const service = isResource
    ? (readShape(document, [], Resource)?.spec ?? null)
    : readShape(document, [], File);
  return (service?.slos ?? []).flatMap((slo, at) => {
    const draft = readSlo(document, base, at, slo);
    if (draft === null || service === null) return [];
    draft.definition.service = service.service;
    draft.origins.push({ field: ["service"], document, path: [...base, "service"] });
    applyMarks(draft, service.labels, { document, path: [...base, "labels"] });
    const path = [...base, "slos", at];
    applyMarks(draft, slo.labels, { document, path: [...path, "labels"] });
    applyMarks(draft, slo.alerting?.labels, { document, path: [...path, "alerting", "labels"] });
    applyMarks(draft, slo.alerting?.annotations, { document, path: [...path, "alerting", "annotations"] });
    return [draft];
  });
}
