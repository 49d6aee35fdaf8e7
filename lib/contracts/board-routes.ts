import { z } from "zod";
import { Done } from "./access-routes.ts";
import type { ApiRoute } from "./api-route.ts";
import { Board, BoardDocument, BoardFields, BoardId, BoardName, BoardSummary } from "./boards.ts";

export const ListBoards = z.strictObject({ q: z.string().max(200).optional() });
export const OneBoard = z.strictObject({ board: BoardId });
export const CreateBoard = BoardFields;
export type CreateBoard = z.input<typeof CreateBoard>;
/** `version` is the one that the change was made on; what is left out stays. */
export const PatchBoard = z.strictObject({
  board: BoardId,
  version: z.int().min(1),
  name: BoardName.optional(),
  description: BoardFields.shape.description.unwrap().optional(),
  variables: BoardDocument.shape.variables.unwrap().optional(),
  panels: BoardDocument.shape.panels.optional(),
});
export type PatchBoard = z.input<typeof PatchBoard>;

/** Boards by name; `more` says that there are others that `q` would have to find. */
export const BoardList = z.object({ boards: z.array(BoardSummary), more: z.boolean() });
export type BoardList = z.infer<typeof BoardList>;

/** A dashboard as Grafana imports it: the classic model, with the sources to be named at import. */
const GrafanaFile = z.looseObject({
  __inputs: z.array(z.looseObject({ name: z.string(), pluginId: z.string() })),
  title: z.string(),
  schemaVersion: z.int(),
  panels: z.array(z.looseObject({ title: z.string(), type: z.string() })),
});

const PATH = "/api/v1/boards";
export const BoardAnswer = z.object({ board: Board });
/** The addresses of boards. */
export const BOARD_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: PATH,
    access: "boards:read",
    summary: "Boards by name; `q` is looked for in their names and descriptions",
    input: ListBoards,
    output: BoardList,
  },
  {
    method: "POST",
    path: PATH,
    access: "boards:write",
    summary: "Save a board; a query that cannot be read is refused with its panel and place",
    input: CreateBoard,
    output: BoardAnswer,
  },
  {
    method: "GET",
    path: `${PATH}/{board}`,
    access: "boards:read",
    summary: "A board with its panels",
    input: OneBoard,
    output: BoardAnswer,
  },
  {
    method: "PATCH",
    path: `${PATH}/{board}`,
    access: "boards:write",
    summary: "Change a board; a stale version answers 409 with the current state and who changed it",
    input: PatchBoard,
    output: BoardAnswer,
  },
  {
    method: "DELETE",
    path: `${PATH}/{board}`,
    access: "boards:write",
    summary: "Remove a board",
    input: OneBoard,
    output: Done,
  },
  {
    method: "GET",
    path: `${PATH}/{board}/grafana`,
    access: "boards:read",
    summary: "A board as a dashboard that Grafana imports",
    input: OneBoard,
    output: GrafanaFile,
  },
];
