import { z } from "zod";
import { RUN_STATES } from "#lib/domain/runbooks/action-run.ts";
import type { ApiRoute } from "./api-route.ts";
import { ActionCondition, ActionName, GuardedAction, RunbookName } from "./runbooks.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const place = visibleText(253);
const reason = visibleText(500);

/** A condition as it was looked at: for what, and what the source said. */
export const CheckedCondition = ActionCondition.extend({
  state: z.enum(["holds", "fails", "no_data"]),
  /** Why it does not hold. */
  why: z.string().nullable(),
  /** Of the first series; null where one has no number. */
  values: z.array(z.number().nullable()),
});
export type CheckedCondition = z.infer<typeof CheckedCondition>;

/** What the receiver said: its status and the first 2,000 characters. */
export const ReceiverAnswer = z.object({ status: z.int(), text: z.string() });
export type ReceiverAnswer = z.infer<typeof ReceiverAnswer>;

export const ActionRun = z.object({
  id,
  runbook: z.string(),
  runbookVersion: z.int(),
  action: z.string(),
  incident: z.string().nullable(),
  service: z.string().nullable(),
  node: z.string().nullable(),
  dryRun: z.boolean(),
  state: z.enum(RUN_STATES),
  reason: z.string(),
  askedBy: Person,
  askedAt: moment,
  approvedBy: Person.nullable(),
  approvedAt: moment.nullable(),
  endedAt: moment.nullable(),
  /** When it ends by itself: nobody agreed, or nobody was there to call. */
  expiresAt: moment.nullable(),
  /** As they were looked at last. */
  conditions: z.array(CheckedCondition),
  /** Why it ended as it did. */
  detail: z.string().nullable(),
  answer: ReceiverAnswer.nullable(),
  /** Whether whoever asks may agree to it now. */
  mayApprove: z.boolean(),
});
export type ActionRun = z.infer<typeof ActionRun>;

/** An action with what its guards say now. */
export const ActionOffer = z.object({
  action: GuardedAction,
  conditions: z.array(CheckedCondition),
  limit: z.object({ used: z.int(), freeAt: moment.nullable() }),
  /** Those that wait or are under way, then the last ones. */
  runs: z.array(ActionRun),
});
export type ActionOffer = z.infer<typeof ActionOffer>;
export const RunbookOffers = z.object({
  runbook: z.string(),
  title: z.string(),
  version: z.int(),
  /** What the conditions were looked at for. */
  service: z.string().nullable(),
  node: z.string().nullable(),
  incident: z.string().nullable(),
  actions: z.array(ActionOffer),
});
export type RunbookOffers = z.infer<typeof RunbookOffers>;

/** The actions of a runbook, for a service or a node; or those of all runbooks that an incident's alerts name. */
export const ListOffers = z
  .strictObject({
    runbook: RunbookName.optional(),
    incident: id.optional(),
    service: place.optional(),
    node: place.optional(),
  })
  .refine(({ runbook, incident }) => runbook !== undefined || incident !== undefined, {
    path: ["runbook"],
    message: "a runbook or an incident is needed",
  });
export type ListOffers = z.infer<typeof ListOffers>;

export const OneAction = z.strictObject({ name: RunbookName, action: ActionName });
export const AskRun = z.strictObject({
  ...OneAction.shape,
  /** Of the runbook as the asker saw it. */
  version: z.int().min(1),
  incident: id.nullable().default(null),
  service: place.nullable().default(null),
  node: place.nullable().default(null),
  dryRun: z.boolean(),
  reason,
});
export type AskRun = z.infer<typeof AskRun>;

export const ListRuns = z.strictObject({
  runbook: RunbookName.optional(),
  action: ActionName.optional(),
  incident: id.optional(),
  /** The id after which the page begins. */
  cursor: id.optional(),
});
export type ListRuns = z.infer<typeof ListRuns>;
export const RunPage = z.object({ runs: z.array(ActionRun), nextCursor: z.string().nullable() });
export type RunPage = z.infer<typeof RunPage>;
export const OneRun = z.strictObject({ id });
export const RefuseRun = z.strictObject({ id, reason });

/** The key that a receiver verifies the signature with. */
export const ActionKey = z.object({ key: z.string(), keyVersion: z.int() });
export type ActionKey = z.infer<typeof ActionKey>;

/** What a receiver is sent. */
export const ActionCall = z.object({
  version: z.literal(1),
  run: id,
  runbook: z.string(),
  action: z.string(),
  dryRun: z.boolean(),
  incident: z.string().nullable(),
  service: z.string().nullable(),
  node: z.string().nullable(),
  askedBy: z.string(),
  approvedBy: z.string().nullable(),
  at: moment,
});
export type ActionCall = z.infer<typeof ActionCall>;

export const RunAnswer = z.object({ run: ActionRun });
export const OffersAnswer = z.object({ runbooks: z.array(RunbookOffers) });

/** The addresses of guarded actions. */
export const ACTION_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/runbook-actions",
    access: "alerts:read",
    summary:
      "Guarded actions with what their conditions show now, how much of each limit is used, and the last runs",
    input: ListOffers,
    output: OffersAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/runbooks/{name}/actions/{action}/runs",
    access: "actions:run",
    summary: "Ask for a run, or rehearse one; its conditions are looked at first",
    input: AskRun,
    output: RunAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/runbooks/{name}/actions/{action}/key",
    access: "runbooks:write",
    summary: "The key that the receiver of an action verifies signatures with; showing it is audited",
    input: OneAction,
    output: ActionKey,
  },
  {
    method: "GET",
    path: "/api/v1/action-runs",
    access: "alerts:read",
    summary: "Runs of guarded actions, newest first",
    input: ListRuns,
    output: RunPage,
  },
  {
    method: "GET",
    path: "/api/v1/action-runs/{id}",
    access: "alerts:read",
    summary: "One run of a guarded action",
    input: OneRun,
    output: RunAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/action-runs/{id}/approve",
    access: "actions:approve",
    summary: "Agree to a run that somebody else asked for, with the role that the action names",
    input: OneRun,
    output: RunAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/action-runs/{id}/refuse",
    access: "actions:approve",
    summary: "Refuse a run, or take one's own ask back",
    input: RefuseRun,
    output: RunAnswer,
  },
];
