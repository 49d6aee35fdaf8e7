import { queryOptions } from "@tanstack/react-query";
import type { CreateBoard, PatchBoard } from "#lib/contracts/board-routes.ts";
import type { Board } from "#lib/contracts/boards.ts";
import { VARIABLES, type VariableValues } from "#lib/domain/boards/variables.ts";
import { fetchJson } from "./fetch-json.ts";

const asBoardAnswer = async () => (await import("#lib/contracts/board-routes.ts")).BoardAnswer;
const asBoardList = async () => (await import("#lib/contracts/board-routes.ts")).BoardList;
const asDone = async () => (await import("#lib/contracts/access-routes.ts")).Done;

const PATH = "/api/v1/boards";
const FRESH_MS = 30_000;
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

function send(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Boards by name, those with `q` in their name or description. */
export function boardsQuery(q = "") {
  return queryOptions({
    queryKey: ["boards", q],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) =>
      fetchJson(asBoardList, `${PATH}?${new URLSearchParams({ q }).toString()}`, { signal }),
  });
}

/** Saves a new board. Throws a ProblemError whose errors name the fields. */
export async function createBoard(wanted: CreateBoard): Promise<Board> {
  return (await fetchJson(asBoardAnswer, PATH, send("POST", wanted))).board;
}

/** Changes a board. Throws a ProblemError; `conflict` carries the board as it is now. */
export async function patchBoard({ board, ...change }: PatchBoard): Promise<Board> {
  return (await fetchJson(asBoardAnswer, pathOf(board), send("PATCH", change))).board;
}

/** Removes a board. Throws a ProblemError. */
export async function deleteBoard(id: string): Promise<void> {
  await fetchJson(asDone, pathOf(id), { method: "DELETE" });
}

/** The page of a board, with what its variables stand for. */
export function boardPath(id: string, values?: VariableValues): string {
  const chosen = new URLSearchParams();
  for (const variable of VARIABLES) {
    const value = values?.[variable];
    if (value) chosen.set(variable, value);
  }
  return `/boards/${encodeURIComponent(id)}${chosen.size === 0 ? "" : `?${chosen.toString()}`}`;
}

/** The file of a board that Grafana imports. */
export function grafanaFilePath(id: string): string {
  return `${pathOf(id)}/grafana`;
}
