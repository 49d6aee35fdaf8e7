import { BoardPanel } from "#lib/contracts/boards.ts";

type BroughtPanel = Pick<BoardPanel, "kind" | "title" | "query"> & Partial<Pick<BoardPanel, "unit">>;

/** An address of an editor of boards that brings a panel along: `/boards/new`, or that of a board. */
export function withPanel(path: string, { kind, title, query, unit = "count" }: BroughtPanel): string {
  return `${path}?${new URLSearchParams({ kind, title, query, unit }).toString()}`;
}

/** The panel that an address brings along; null where there is none, or none that can be read. */
export function panelIn({
  kind = "series",
  title,
  query,
  unit,
}: Record<string, string | string[] | undefined>): BoardPanel | null {
  const named = BoardPanel.shape.title.catch("New panel").parse(title);
  return BoardPanel.nullable().catch(null).parse({ kind, title: named, query, unit });
}
