import type { Board, BoardFields, BoardPanel } from "#lib/contracts/boards.ts";

/** What people fill in; `panels` are shaped as the contract is. */
export interface BoardForm {
  name: string;
  description: string;
  service: string;
  node: string;
  panels: BoardPanel[];
}

export const NEW_PANEL: BoardPanel = { kind: "series", title: "", query: "", unit: "count", width: "half" };

/** A board as the form shows it; an empty form for a new one. */
export function toBoardForm(board: BoardFields | null): BoardForm {
  if (!board) return { name: "", description: "", service: "", node: "", panels: [] };
  const { name, description, variables, panels } = board;
  return {
    name,
    description: description ?? "",
    service: variables.service ?? "",
    node: variables.node ?? "",
    panels,
  };
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What the form says, whether or not it is allowed. */
export function boardOf({ name, description, service, node, panels }: BoardForm): BoardFields {
  const variables = { service: orNull(service), node: orNull(node) };
  return { name: name.trim(), description: orNull(description), variables, panels };
}

/** What is wrong with which field. */
export type BoardErrors = { path: string; message: string }[];

/** The field of the form that a path of the request belongs to. */
export function boardFieldOf(path: string): string {
  return path.replace(/^variables\./, "");
}

/** The request that a form makes, or what is wrong with which field. */
export async function toBoard(
  form: BoardForm,
): Promise<{ wanted: BoardFields; errors: null } | { wanted: null; errors: BoardErrors }> {
  const { CreateBoard } = await import("#lib/contracts/board-routes.ts");
  const parsed = CreateBoard.safeParse(boardOf(form));
  if (parsed.success) return { wanted: parsed.data, errors: null };
  const errors = parsed.error.issues.map(({ path, message }) => ({
    path: boardFieldOf(path.join(".")),
    message,
  }));
  return { wanted: null, errors };
}

function panelText({ title, kind, unit, width, query }: BoardPanel): string {
  return `\n${title} (${kind}, ${kind === "series" ? `${unit}, ` : ""}${width})\n${query}`;
}

/** A board as lines of text, to be compared. */
export function boardText({ name, description, variables, panels }: BoardFields | Board): string {
  const head = [
    name,
    description ?? "no description",
    `service: ${variables.service ?? "none"}`,
    `node: ${variables.node ?? "none"}`,
  ];
  return [...head, ...panels.map(panelText)].join("\n");
}
