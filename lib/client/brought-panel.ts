import { BoardPanel } from "#lib/contracts/boards.ts";

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
