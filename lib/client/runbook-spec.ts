import type { Runbook } from "#lib/contracts/runbooks.ts";
import { Unit } from "#lib/contracts/series.ts";
import type { Target } from "#lib/domain/runbooks/condition.ts";
import { type QueryBlock, queryBlocks } from "#lib/domain/runbooks/query-block.ts";
import { fencesOf } from "#lib/format/markdown-fences.ts";
import { pageSpec, type PageSpec } from "./page-spec.ts";

type Entry = Parameters<typeof pageSpec>[1][number];

/** A runbook's live queries for a service or a node, and the page that asks them; made on the server. */
export function runbookSpec(
  { name, markdown }: Pick<Runbook, "name" | "markdown">,
  target: Target,
): { spec: PageSpec; blocks: QueryBlock[] } {
  const blocks = queryBlocks(fencesOf(markdown), target);
  const entries = blocks.flatMap(({ id, language, query, unit }): Entry[] => {
    if (query === null || query === "") return [];
    if (language === "logql") return [{ panel: "query.logs", id, params: { query, limit: "50" } }];
    return [{ panel: "query.series", id, params: { query, unit: Unit.catch("count").parse(unit) } }];
  });
  const of = new URLSearchParams(
    Object.entries(target).filter(([, value]) => value !== null) as [string, string][],
  );
  return { spec: pageSpec(`runbooks/${name}?${of.toString()}`, entries), blocks };
}
