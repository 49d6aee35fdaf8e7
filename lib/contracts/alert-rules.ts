import { z } from "zod";
import { LINTS } from "#lib/domain/alerts/rule-lint.ts";
import type { ApiRoute } from "./api-route.ts";
import { measured } from "./measured.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const texts = z.record(z.string(), z.string());
const ruleName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/, "letters, digits and _, as in HighErrorRate");
const version = z.coerce.number().int().min(1);
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/, "must be a label name");
const RESERVED = ["alertname", "severity", "__name__", "alertstate"];

/** An alert rule that people write in Burnline. */
export const AlertRuleDefinition = z.strictObject({
  expr: z.string().trim().min(1).max(10_000),
  /** How long the condition must hold before it fires. */
  forSeconds: z.int().min(0).max(86_400).default(0),
  severity: z.enum(["critical", "warning", "info"]),
  labels: z
    .record(labelName, z.string().max(1_000))
    .refine((all) => RESERVED.every((name) => !Object.hasOwn(all, name)), "the rule sets this label itself")
    .default({}),
  summary: visibleText(500),
  description: z.string().trim().max(5_000).default(""),
  /** An alert that tells nobody what to do is a defect: the address or path of its runbook. */
  runbook: z
    .string()
    .trim()
    .regex(/^(https?:\/\/\S+|\/?[\w.-]+(\/[\w.-]+)*(#[\w-]+)?)$/, "must be a web address or a path")
    .max(1_000),
});
export type AlertRuleDefinition = z.infer<typeof AlertRuleDefinition>;

export const AlertRule = z.object({
  source: z.string(),
  group: z.string(),
  name: z.string(),
  expr: z.string(),
  forSeconds: z.number(),
  labels: texts,
  annotations: texts,
  state: z.enum(["firing", "pending", "inactive", "unknown"]),
  /** Whether the source can evaluate it. */
  health: z.enum(["ok", "err", "unknown"]),
  lastError: z.string().nullable(),
  lastEvaluation: moment.nullable(),
  /** How many alerts it has now. */
  alerts: z.int(),
  runbookUrl: z.string().nullable(),
  /** It is written here. */
  own: z.boolean(),
  findings: z.array(z.object({ lint: z.enum(LINTS), why: z.string() })),
});
export type AlertRule = z.infer<typeof AlertRule>;

/** A rule that is written here, as it stands; `deleted` once it is no more. */
export const OwnRule = z.object({
  name: ruleName,
  version: z.int(),
  definition: AlertRuleDefinition,
  at: moment,
  by: Person,
  versions: z.array(
    z.object({ version: z.int(), at: moment, by: Person, definition: AlertRuleDefinition.nullable() }),
  ),
});
export type OwnRule = z.infer<typeof OwnRule>;

export const ListRules = z.strictObject({});
export const OneRule = z.strictObject({ name: ruleName });
export const CreateRule = z.strictObject({ name: ruleName, definition: AlertRuleDefinition });
export type CreateRule = z.infer<typeof CreateRule>;
/** `version` is the one that the change was made on. */
export const PutRule = z.strictObject({ name: ruleName, version, definition: AlertRuleDefinition });
export type PutRule = z.infer<typeof PutRule>;
export const DeleteRule = z.strictObject({ name: ruleName, version });

export const PreviewRule = z.strictObject({
  expr: AlertRuleDefinition.shape.expr,
  forSeconds: z.int().min(0).max(86_400).default(0),
});
const firing = z.object({ from: moment, to: moment });
/** How often and how long a rule would have fired over the last 30 days. */
export const RulePreview = z.object({
  from: moment,
  to: moment,
  stepSeconds: z.int(),
  /** Of all series together. */
  firings: z.int(),
  /** In which at least one series fires. */
  firingSeconds: z.number(),
  stretches: z.array(firing),
  /** Series that would have fired, the most frequent first, at most 20. */
  series: z.array(z.object({ labels: texts, firings: z.int(), firingSeconds: z.number() })),
  seriesCount: z.int(),
});
export type RulePreview = z.infer<typeof RulePreview>;

export const RULE_FILES = ["rules.yml", "prometheusrule.yml"] as const;
export const OneRuleFile = z.strictObject({ file: z.enum(RULE_FILES) });

export const RuleAnswer = z.object({ rule: OwnRule });
export const RulesAnswer = measured(z.object({ rules: z.array(AlertRule) }));
export const RulePreviewAnswer = measured(RulePreview);
export const RuleRemoved = z.object({ name: z.string() });

/** The addresses of alert rules. */
export const RULE_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/rules",
    access: "alerts:read",
    summary: "Alert rules with their state, their health, and what may be wrong with them",
    input: ListRules,
    output: RulesAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/rules",
    access: "rules:write",
    summary: "Write an alert rule",
    input: CreateRule,
    output: RuleAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/rules/preview",
    access: "rules:write",
    summary: "How often and how long a rule would have fired over the last 30 days",
    input: PreviewRule,
    output: RulePreviewAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/rules/generated/{file}",
    access: "alerts:read",
    summary: "The rules written here, as a Prometheus rule file or a PrometheusRule object",
    input: OneRuleFile,
    output: z.string(),
    contentType: "application/yaml",
  },
  {
    method: "GET",
    path: "/api/v1/rules/{name}",
    access: "alerts:read",
    summary: "A rule that is written here, with its versions",
    input: OneRule,
    output: RuleAnswer,
  },
  {
    method: "PUT",
    path: "/api/v1/rules/{name}",
    access: "rules:write",
    summary: "Change a rule; a stale version answers 409 with the current one",
    input: PutRule,
    output: RuleAnswer,
  },
  {
    method: "DELETE",
    path: "/api/v1/rules/{name}",
    access: "rules:write",
    summary: "Delete a rule; what it said is kept",
    input: DeleteRule,
    output: RuleRemoved,
  },
];
