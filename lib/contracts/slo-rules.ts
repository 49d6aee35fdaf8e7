import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";

const moment = z.iso.datetime();

/**
 * How the rules of an SLO stand in the source: as they should, not there, otherwise, of an SLO that is no more. `none`: none
 * are generated, for the reasons in `problems`; `unknown`: the source did not answer.
 */
export const RULES_STATES = ["loaded", "missing", "different", "extra", "none", "unknown"] as const;

export const SloRulesEntry = z.object({
  /** Null for rules of an SLO that Burnline does not know. */
  id: z.string().nullable(),
  /** "checkout/availability". */
  key: z.string(),
  state: z.enum(RULES_STATES),
  /** What differs. */
  reasons: z.array(z.string()),
  /** What the source says of rules that it cannot evaluate. */
  errors: z.array(z.string()),
  /** Why alert rules, or all, are not generated. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type SloRulesEntry = z.infer<typeof SloRulesEntry>;

export const SloRulesState = z.object({
  checkedAt: moment,
  /** The source that was asked; null when none is configured. */
  source: z.string().nullable(),
  /** Why the source could not be asked; all states are `unknown` then. */
  error: z.string().nullable(),
  /** What Burnline itself does about it; null where it writes no rule files. */
  delivery: z
    .object({ writtenAt: moment.nullable(), reloadedAt: moment.nullable(), error: z.string().nullable() })
    .nullable(),
  counts: z.record(z.enum(RULES_STATES), z.int()),
  slos: z.array(SloRulesEntry),
});
export type SloRulesState = z.infer<typeof SloRulesState>;

const NoInput = z.strictObject({});

/** A generated file, of all SLOs in force or of one. */
export const GENERATED_FILES = ["rules.yml", "alertmanager.yml", "dashboard.json"] as const;
export const GeneratedSlos = z.strictObject({
  file: z.enum(GENERATED_FILES),
  id: z.string().min(1).max(64).optional(),
});
export type GeneratedSlos = z.infer<typeof GeneratedSlos>;

/** The address of the rules' state. */
export const SLO_RULES_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/slos/rules",
    access: "slos:read",
    summary: "Whether the rules that Prometheus has loaded are those of the SLOs, one by one",
    input: NoInput,
    output: SloRulesState,
  },
  {
    method: "GET",
    path: "/api/v1/slos/generated/{file}",
    access: "slos:read",
    summary:
      "Prometheus rules, an Alertmanager configuration or a Grafana dashboard of the SLOs in force, as a file",
    input: GeneratedSlos,
    output: z.string(),
    contentType: "application/yaml",
  },
];
