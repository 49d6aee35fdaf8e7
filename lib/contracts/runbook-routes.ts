import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import { Runbook, RunbookDocument, RunbookName } from "./runbooks.ts";
import { Person } from "./slos.ts";

const moment = z.iso.datetime();
/** 0 is the template as it comes with Burnline. */
const version = z.coerce.number().int().min(0);

/** A runbook without its text. */
export const RunbookSummary = Runbook.omit({ markdown: true, actions: true }).extend({ actions: z.int() });
export type RunbookSummary = z.infer<typeof RunbookSummary>;

/** Who saved which version when. */
export const RunbookVersion = z.object({ version: z.int(), title: z.string(), at: moment, by: Person });
export type RunbookVersion = z.infer<typeof RunbookVersion>;

export const ListRunbooks = z.strictObject({ q: z.string().max(200).optional() });
export const OneRunbook = z.strictObject({ name: RunbookName });
/** Without a version the newest. */
export const ReadRunbook = z.strictObject({ name: RunbookName, version: version.optional() });
export const CreateRunbook = z.strictObject({
  /** The page that writes new ones stands at /alerts/runbooks/new. */
  name: RunbookName.refine((name) => name !== "new", "this name is taken"),
  ...RunbookDocument.shape,
});
export type CreateRunbook = z.infer<typeof CreateRunbook>;
/** `version` is the one that the change was made on. */
export const PutRunbook = z.strictObject({ name: RunbookName, version, ...RunbookDocument.shape });
export type PutRunbook = z.infer<typeof PutRunbook>;

const PATH = "/api/v1/runbooks";
export const RunbookAnswer = z.object({ runbook: Runbook });
export const RunbooksAnswer = z.object({ runbooks: z.array(RunbookSummary) });
export const RunbookVersionsAnswer = z.object({ versions: z.array(RunbookVersion) });

/** The addresses of runbooks. */
export const RUNBOOK_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: PATH,
    access: "alerts:read",
    summary: "Runbooks by name, with the templates that nobody changed yet; `q` is looked for in their texts",
    input: ListRunbooks,
    output: RunbooksAnswer,
  },
  {
    method: "POST",
    path: PATH,
    access: "runbooks:write",
    summary: "Write a runbook",
    input: CreateRunbook,
    output: RunbookAnswer,
  },
  {
    method: "GET",
    path: `${PATH}/{name}`,
    access: "alerts:read",
    summary: "A runbook as it is, or as it was in a version",
    input: ReadRunbook,
    output: RunbookAnswer,
  },
  {
    method: "PUT",
    path: `${PATH}/{name}`,
    access: "runbooks:write",
    summary: "Save a runbook in a new version; a stale one answers 409 with the current state",
    input: PutRunbook,
    output: RunbookAnswer,
  },
  {
    method: "GET",
    path: `${PATH}/{name}/versions`,
    access: "alerts:read",
    summary: "The versions of a runbook, newest first",
    input: OneRunbook,
    output: RunbookVersionsAnswer,
  },
];
