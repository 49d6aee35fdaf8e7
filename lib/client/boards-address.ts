import type { BoardPanel } from "#lib/contracts/boards.ts";

type BroughtPanel = Pick<BoardPanel, "kind" | "title" | "query"> & Partial<Pick<BoardPanel, "unit">>;

/** An address of an editor of boards that brings a panel along: `/boards/new`, or that of a board. */
export function withPanel(path: string, { kind, title, query, unit = "count" }: BroughtPanel): string {
  return `${path}?${new URLSearchParams({ kind, title, query, unit }).toString()}`;
}
