import "server-only";
import type { BoardRecord } from "#lib/server/db/board.repo.ts";

/** What the audit log keeps of a board: how it is called, and which panels it has; queries would fill it. */
export function auditedBoard({ name, version, document }: BoardRecord) {
  const panels = document.panels.map(({ kind, title }) => ({ kind, title }));
  return { name, version, variables: document.variables, panels };
}
