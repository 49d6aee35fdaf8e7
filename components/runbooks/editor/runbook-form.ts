import type { CreateRunbook } from "#lib/contracts/runbook-routes.ts";
import type { GuardedAction, Runbook, RunbookDocument } from "#lib/contracts/runbooks.ts";

/** What people fill in; `actions` are shaped as the contract is. */
export interface RunbookForm {
  name: string;
  title: string;
  alerts: string;
  markdown: string;
  actions: GuardedAction[];
}

const SKELETON = `**Means:** what is wrong, and who notices.

## First look

1. 

## What to do

- 

## Over when

`;

/** A form for a runbook that is not there yet. */
export function newRunbookForm(name: string): RunbookForm {
  return { name, title: name, alerts: "", markdown: SKELETON, actions: [] };
}

/** A runbook as the form shows it. */
export function toRunbookForm({ name, title, alerts, markdown, actions }: Runbook): RunbookForm {
  return { name, title, alerts: alerts.join(", "), markdown, actions };
}

/** What the form says, whether or not it is allowed. */
export function documentOf({ title, alerts, markdown, actions }: RunbookForm): RunbookDocument {
  const names = alerts.split(/[\s,]+/).filter((name) => name !== "");
  return { title, markdown, alerts: names, actions };
}

/** What is wrong with which field; actions keep the path of theirs. */
export type RunbookErrors = { path: string; message: string }[];

/** The field of the form that a path of the request belongs to. */
export function runbookFieldOf(path: string): string {
  return path.startsWith("alerts.") ? "alerts" : path;
}

/** The request that a form makes, or what is wrong with which field. */
export async function toRunbook(
  form: RunbookForm,
): Promise<{ wanted: CreateRunbook; errors: null } | { wanted: null; errors: RunbookErrors }> {
  const { CreateRunbook } = await import("#lib/contracts/runbook-routes.ts");
  const parsed = CreateRunbook.safeParse({ name: form.name.trim(), ...documentOf(form) });
  if (parsed.success) return { wanted: parsed.data, errors: null };
  const errors = parsed.error.issues.map(({ path, message, code }) => ({
    path: runbookFieldOf(path.join(".")),
    message: code === "too_small" && path.length === 1 ? "is needed" : message,
  }));
  return { wanted: null, errors };
}
