import { type FieldErrors, type FieldValues, get, set } from "react-hook-form";
import { type PolicyDocument, type PolicyKind, POLICY_DOCUMENTS } from "#lib/contracts/on-call.ts";
import type { EscalationDocument } from "#lib/contracts/on-call.ts";
import type { QuietHours, RoutingDocument } from "#lib/contracts/notifications.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { z } from "zod";
import { onCallFieldOf, type OnCallForm, toOnCallDocument, toOnCallForm } from "./on-call-form.ts";

/** Quiet hours stay in the form when they are switched off. */
export interface RoutingForm {
  rules: RoutingDocument["rules"];
  quiet: boolean;
  quietHours: z.infer<typeof QuietHours>;
}

/** The forms by the kind of their document. */
export interface PolicyForms {
  routing: RoutingForm;
  on_call: OnCallForm;
  escalation: EscalationDocument;
}

const NIGHT: RoutingForm["quietHours"] = {
  severities: ["P3", "P4"],
  zone: "UTC",
  from: "22:00",
  to: "07:00",
};

interface Mapping<K extends PolicyKind> {
  toForm: (document: PolicyDocument<K>) => PolicyForms[K];
  toDocument: (form: PolicyForms[K]) => PolicyDocument<K>;
  fieldOf: (path: string, form: PolicyForms[K]) => string;
}

const MAPPINGS: { readonly [K in PolicyKind]: Mapping<K> } = {
  routing: {
    toForm: ({ rules, quietHours }) => ({
      rules,
      quiet: quietHours !== null,
      quietHours: quietHours ?? NIGHT,
    }),
    toDocument: ({ rules, quiet, quietHours }) => ({ rules, quietHours: quiet ? quietHours : null }),
    fieldOf: (path) => path,
  },
  on_call: { toForm: toOnCallForm, toDocument: toOnCallDocument, fieldOf: onCallFieldOf },
  escalation: { toForm: (document) => document, toDocument: (form) => form, fieldOf: (path) => path },
};

/** What the form of a document begins with. */
export function toPolicyForm<K extends PolicyKind>(kind: K, document: PolicyDocument<K>): PolicyForms[K] {
  return MAPPINGS[kind].toForm(document);
}

/** The document that a form says, whether or not it is valid. */
export function toPolicyDocument<K extends PolicyKind>(kind: K, form: PolicyForms[K]): PolicyDocument<K> {
  return MAPPINGS[kind].toDocument(form);
}

/** What is wrong with a field; the field "root" is the form as a whole. */
export interface FieldIssue {
  field: string;
  message: string;
}

/** One of a choice of several has no control of its own: the choice has. */
const ONE_OF_SEVERAL =
  /^(.*\.(?:events|severities|services|tiers|channels|people|steps\.\d+\.rotations))\.\d+$/;

function issueOf<K extends PolicyKind>(
  kind: K,
  path: string,
  message: string,
  form: PolicyForms[K],
): FieldIssue {
  const field = MAPPINGS[kind].fieldOf(path, form).replace(ONE_OF_SEVERAL, "$1");
  return field.includes(".") ? { field, message } : { field: "root", message };
}

const isMissing = (value: unknown) => value === "" || value === undefined || Number.isNaN(value);

/** What the schema found, in the words of a form. */
function wordsOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (isMissing(value)) return "is needed";
  if (typeof value !== "number") return issue.message;
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}`;
  return "must be a whole number";
}

/** What the browser itself knows to be wrong with a form. */
export function issuesIn<K extends PolicyKind>(kind: K, form: PolicyForms[K]): FieldIssue[] {
  const document = toPolicyDocument(kind, form);
  const { error } = POLICY_DOCUMENTS[kind].safeParse(document);
  return (error?.issues ?? []).map((issue) => {
    const path = issue.path.join(".");
    return issueOf(kind, path, wordsOf(issue, get(document, path)), form);
  });
}

/** What the server refused in a form, field by field. */
export function issuesOfRefusal<K extends PolicyKind>(
  kind: K,
  { errors }: Problem,
  form: PolicyForms[K],
): FieldIssue[] {
  return (errors ?? []).map(({ path, message }) =>
    issueOf(kind, path.replace(/^document\./, ""), message, form),
  );
}

/** Issues as the form library takes them: the first of each field. */
export function errorsOf(issues: readonly FieldIssue[]): FieldErrors {
  const errors: FieldValues = {};
  for (const { field, message } of issues)
    if (get(errors, field) === undefined) set(errors, field, { type: "validate", message });
  return errors;
}

/** What is wrong with a field, in words. */
export function messageOf(errors: FieldErrors, field: string): string | undefined {
  const found: unknown = get(errors, field);
  if (typeof found !== "object" || found === null || !("message" in found)) return undefined;
  return typeof found.message === "string" ? found.message : undefined;
}
