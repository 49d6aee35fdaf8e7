import type { AlertRuleDefinition, CreateRule, OwnRule } from "#lib/contracts/alert-rules.ts";
import { readMatchers, writeMatchers } from "#lib/domain/alerts/label-filter.ts";

/** What people fill in. */
export interface RuleForm {
  name: string;
  expr: string;
  forMinutes: string;
  severity: string;
  labels: string;
  summary: string;
  description: string;
  runbook: string;
}

export const EMPTY_RULE: RuleForm = {
  name: "",
  expr: "",
  forMinutes: "5",
  severity: "warning",
  labels: "",
  summary: "",
  description: "",
  runbook: "",
};

/** A rule as the form shows it. */
export function toRuleForm(name: string, { forSeconds, labels, ...rest }: AlertRuleDefinition): RuleForm {
  const matchers = Object.entries(labels).map(([label, value]) => ({
    label,
    operator: "=" as const,
    value,
  }));
  return { ...rest, name, forMinutes: String(forSeconds / 60), labels: writeMatchers(matchers) };
}

export type RuleErrors = Partial<Record<keyof RuleForm, string>>;

/** The field of the form that a path of the request belongs to. */
export function ruleFieldOf(path: string): keyof RuleForm | null {
  const [first = "", second = ""] = path.split(".");
  const field = first === "definition" ? second : first;
  if (field === "forSeconds") return "forMinutes";
  return Object.hasOwn(EMPTY_RULE, field) ? (field as keyof RuleForm) : null;
}

/** The request that a form makes, or what is wrong with which field. */
export async function toRule(
  form: RuleForm,
): Promise<{ wanted: CreateRule; errors: null } | { wanted: null; errors: RuleErrors }> {
  const { name, forMinutes, labels, ...rest } = form;
  const read = readMatchers(labels);
  if ("problem" in read) return { wanted: null, errors: { labels: read.problem } };
  if (read.matchers.some(({ operator }) => operator !== "="))
    return { wanted: null, errors: { labels: 'a label has one value, as in team="shop"' } };
  const forSeconds = forMinutes.trim() === "" ? 0 : Math.round(Number(forMinutes) * 60);
  const own = Object.fromEntries(read.matchers.map(({ label, value }) => [label, value]));
  const { CreateRule } = await import("#lib/contracts/alert-rules.ts");
  const parsed = CreateRule.safeParse({ name, definition: { ...rest, forSeconds, labels: own } });
  if (parsed.success) return { wanted: parsed.data, errors: null };
  const errors: RuleErrors = {};
  for (const { path, message } of parsed.error.issues) {
    const field = ruleFieldOf(path.join("."));
    if (field) errors[field] ??= form[field].trim() === "" ? "is needed" : message;
  }
  return { wanted: null, errors };
}

const LABELS: Readonly<Record<Exclude<keyof RuleForm, "name">, string>> = {
  expr: "Query",
  forMinutes: "Fires after (minutes)",
  severity: "Severity",
  labels: "Further labels",
  summary: "Summary",
  description: "Description",
  runbook: "Runbook",
};

/** What differs between two versions of a rule, field by field. */
export function ruleChanges(
  before: Pick<OwnRule, "name" | "definition">,
  now: Pick<OwnRule, "name" | "definition">,
): { label: string; was: string; is: string }[] {
  const [was, is] = [before, now].map(({ name, definition }) => toRuleForm(name, definition));
  const fields = Object.keys(LABELS) as (keyof typeof LABELS)[];
  return fields.flatMap((field) => {
    const change = { label: LABELS[field], was: was?.[field] ?? "", is: is?.[field] ?? "" };
    return change.was === change.is ? [] : [change];
  });
}
