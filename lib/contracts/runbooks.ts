import { z } from "zod";
import { ROLES } from "#lib/domain/access/permissions.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const webAddress = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2_000);

/** A runbook is called as the alert it helps with, so that alerts find it without being told. */
export const RunbookName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, "letters, digits, dots, dashes and _, as in HighErrorRate");
export const ActionName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "lower-case letters, digits and dashes");

/** What must hold for an action to run; a query without an answer does not hold. */
export const ActionCondition = z.strictObject({
  /** PromQL; `$service` and `$node` stand for those the action is run for. */
  query: z.string().trim().min(1).max(10_000),
  op: z.enum(["<", "<=", "==", "!=", ">=", ">"]),
  value: z.number(),
  /** What it means that this holds: "at least one replica is ready". */
  says: visibleText(200),
});
export type ActionCondition = z.infer<typeof ActionCondition>;

/** Something that Burnline may set going where it is safe: a signed call to a receiver of your own. */
export const GuardedAction = z.strictObject({
  name: ActionName,
  title: visibleText(100),
  url: webAddress,
  /** Raising it makes a new signing key; the old one ends with the version. */
  keyVersion: z.int().min(1).max(1_000).default(1),
  /** What the action is for: with "service" or "node" it needs one. */
  target: z.enum(["none", "service", "node"]),
  conditions: z.array(ActionCondition).max(10),
  /** The role of the second person who must agree; null: whoever may run actions runs it at once. */
  approvalBy: z.enum(ROLES).nullable(),
  /** At most so many runs (dry ones apart) in so many minutes. */
  limit: z.strictObject({ runs: z.int().min(1).max(100), perMinutes: z.int().min(1).max(10_080) }),
  timeoutSeconds: z.int().min(1).max(60).default(10),
});
export type GuardedAction = z.infer<typeof GuardedAction>;

const unique = (names: string[]) => new Set(names).size === names.length;
export const RunbookDocument = z.strictObject({
  title: visibleText(200),
  markdown: z.string().trim().min(1).max(100_000),
  /** Alerts it helps with, beside the one of its own name. */
  alerts: z.array(visibleText(200)).max(50).refine(unique, "names an alert twice").default([]),
  actions: z
    .array(GuardedAction)
    .max(20)
    .refine((all) => unique(all.map(({ name }) => name)), "two actions have the same name")
    .default([]),
});
export type RunbookDocument = z.infer<typeof RunbookDocument>;

export const Runbook = RunbookDocument.extend({
  name: RunbookName,
  /** 0 for a template that nobody saved yet. */
  version: z.int().min(0),
  /** Of the templates that come with Burnline, not changed by anybody yet. */
  template: z.boolean(),
  changedAt: moment.nullable(),
  changedBy: Person.nullable(),
});
export type Runbook = z.infer<typeof Runbook>;
